using System.Diagnostics;
using OrderTracking.Host;

namespace OrderTracking.SystemTests.Running;

/// <summary>Runs the host's program as a person does, and reads what it prints.</summary>
internal static class HostCommand
{
    public static Process Start(params string[] args) => Process.Start(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(HostApp).Assembly.Location, .. args])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="TimeoutException">It does not end within the deadline; it is killed.</exception>
    public static async Task<(int ExitCode, string Output, string Errors)> Run(TimeSpan deadline, params string[] args)
    {
        using var process = Start(args);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(deadline);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{string.Join(' ', args)}' did not end within {deadline}: {await output}{await errors}");
        }

        return (process.ExitCode, await output, await errors);
    }

    /// <summary>What Ctrl-C sends.</summary>
    public static async Task Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }
}
