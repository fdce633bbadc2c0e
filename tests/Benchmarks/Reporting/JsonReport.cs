using System.Diagnostics;
using System.Text.Json;

namespace OrderTracking.Benchmarks.Reporting;

/// <summary>What was measured, for programs: the machine, the commit, and each bar.</summary>
internal static class JsonReport
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="file">Null: nowhere.</param>
    public static void Write(string? file, IEnumerable<Bar> bars) => Write(file, "bars", bars.Select(Of).ToList());

    /// <param name="file">Null: nowhere.</param>
    /// <param name="name">What the results are called.</param>
    public static void Write<T>(string? file, string name, T results)
    {
        if (file is null)
            return;
        var report = new Dictionary<string, object?>
        {
            ["measuredAt"] = TimeProvider.System.GetUtcNow(), ["commit"] = Commit(), ["machine"] = MachineFacts.Read(), [name] = results,
        };
        File.WriteAllText(file, JsonSerializer.Serialize(report, Json) + "\n");
    }

    public static BarReport Of(Bar bar) => new(
        bar.Id, bar.Name, bar.Value, bar.AtLeast, bar.AtMost, bar.IsMet,
        bar.Ratio is not { } ratio
            ? null
            : new RatioReport(ratio.Median, ratio.LowerQuartile, ratio.UpperQuartile, ratio.Min, ratio.Max, ratio.Pairs.Count, ratio.ProductRate, ratio.LimitRate));

    // Null where the program runs outside of a clone.
    private static string? Commit()
    {
        try
        {
            return Git("rev-parse HEAD") is { Length: > 0 } commit ? commit + (Git("status --porcelain --untracked-files=no").Length > 0 ? "+changes" : "") : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Git(string arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output.Trim() : "";
    }

    /// <summary>A bar: <paramref name="Value"/> is the median of the ratio where there is one.</summary>
    internal sealed record BarReport(string Id, string Name, double Value, double? AtLeast, double? AtMost, bool Met, RatioReport? Ratio);

    /// <summary>The rates are averages over all pairs and not to be compared with those of another run.</summary>
    internal sealed record RatioReport(
        double Median, double LowerQuartile, double UpperQuartile, double Min, double Max, int Pairs, double ProductPerSecond, double LimitPerSecond);
}
