using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace OrderTracking.Deployment.Tests;

/// <summary>A program of the machine. A test that needs one that is not there is skipped and says which.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it in the repository; what it wrote and how it ended.</summary>
    public static Task<Outcome> Run(string program, params string[] arguments) => Run(Patience, program, arguments);

    /// <summary>Runs it and gives it up, with what it started, after a while.</summary>
    public static async Task<Outcome> Run(TimeSpan patience, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        using var process = TryStart(start);
        if (process is null)
            Assert.Skip($"{program}: it is not installed.");
        var output = process!.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {patience}.");
        }

        return new Outcome(process.ExitCode, await output, await errors);
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public sealed record Outcome(int ExitCode, string Output, string Errors)
    {
        public string Succeeded()
        {
            Assert.True(ExitCode == 0, $"It ended with {ExitCode}:\n{Output}\n{Errors}");
            return Output;
        }
    }
}
