using OrderTracking.Benchmarks.Reporting;

namespace OrderTracking.Benchmarks.Growing;

/// <summary>The same measurements at several numbers of stored orders: a table, a plot, and whether placing keeps its rate.</summary>
internal static class GrowthCommand
{
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];
    private static readonly int[] ShortSizes = [1_000, 10_000];

    public static async Task<int> Run(IReadOnlyList<string> args)
    {
        Arguments.TryParse(args, ["--json", "--plot"], ["--short"], out var arguments, out var misused);
        List<string> wrong = [.. misused, .. arguments.Words.Select(word => $"'{word}' is no option; allowed are --short, --json FILE and --plot FILE.")];
        foreach (var one in wrong)
            await Console.Error.WriteLineAsync(one);
        if (wrong.Count > 0)
            return 2;

        var isShort = arguments.Has("--short");
        Console.Out.WriteLine(MachineFacts.Read().ToString());
        var (rows, bars) = (new List<GrowthRow>(), new List<Bar>());
        foreach (var size in isShort ? ShortSizes : Sizes)
        {
            var (row, bar) = await Growth.Measure(size, isShort ? 3 : 15);
            rows.Add(row);
            bars.Add(bar);
        }

        Console.Out.WriteLine(GrowthTable.Of(rows));
        foreach (var bar in bars)
            Console.Out.WriteLine(bar.Words);
        if (arguments.Find("--plot") is { } plot)
            await File.WriteAllTextAsync(plot, GrowthPlot.Of(rows));
        JsonReport.Write(arguments.Find("--json"), "growth", new { rows, bars = bars.Select(JsonReport.Of) });
        return bars.TrueForAll(bar => bar.IsMet) ? 0 : 1;
    }
}
