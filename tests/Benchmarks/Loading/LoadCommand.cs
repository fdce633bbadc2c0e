using OrderTracking.Benchmarks.Reporting;

namespace OrderTracking.Benchmarks.Loading;

/// <summary>The load generator: 0, the rate was held and nothing failed; 1, not so; 2, misused; 3, the target could not be reached.</summary>
internal static class LoadCommand
{
    public static async Task<int> Run(IReadOnlyList<string> args)
    {
        if (args is [] or ["--help"])
        {
            Console.Out.WriteLine(LoadOptions.Usage);
            return args is [] ? 2 : 0;
        }

        if (!LoadOptions.TryParse(args, Environment.GetEnvironmentVariable, out var options, out var wrong))
        {
            foreach (var one in wrong)
                await Console.Error.WriteLineAsync(one);
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        using var calls = new LoadCalls(options!);
        try
        {
            await calls.Connect();
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"--target is '{options!.Target}'; nobody answers there: {error.Message}");
            return 3;
        }

        var report = await new LoadRun(options!, calls).Run(stop.Token);
        Console.Out.WriteLine(report.ToString());
        JsonReport.Write(options!.JsonFile, "load", report);
        return report.IsGood ? 0 : 1;
    }
}
