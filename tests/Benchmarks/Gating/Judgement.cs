using System.Globalization;

namespace OrderTracking.Benchmarks.Gating;

/// <summary>
/// Compares what was measured with what is recorded. Ratios fall when something got slower; what is no ratio (bytes, and so on) is judged by its own
/// bar. What is recorded and not measured, or measured and not recorded, is a fault too: it would pass without ever being looked at.
/// </summary>
internal static class Judgement
{
    /// <summary>A ratio below this share of the recorded one has fallen.</summary>
    public const double ShareMin = 0.8;

    /// <summary>What is wrong with a bar's measurements; nothing where all is as it was.</summary>
    public static IReadOnlyList<string> Faults(RecordedRatios recorded, string id, IReadOnlyList<Bar> measured) =>
        [.. measured.Select(bar => FaultOf(recorded, bar)).Concat(recorded.Of(id).Select(one => Missing(one, measured))).OfType<string>()];

    private static string? FaultOf(RecordedRatios recorded, Bar bar)
    {
        if (bar.Ratio is not { } ratio)
            return bar.IsMet ? null : bar.Words;
        if (recorded.Find(bar.Id, bar.Name) is not { } before)
            return $"'{bar.Id} {bar.Name}' is measured and not recorded: add it, with its reason.";
        return ratio.Median >= ShareMin * before.Ratio
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"'{bar.Id} {bar.Name}' fell to {ratio.Median:0.000} (of {ratio.Pairs.Count} pairs); recorded is {before.Ratio:0.000} ({before.Reason}), allowed at least {ShareMin * before.Ratio:0.000}.");
    }

    private static string? Missing(Recorded one, IReadOnlyList<Bar> measured) =>
        measured.Any(bar => bar.Name == one.Name && bar.Ratio is not null) ? null : $"'{one.Id} {one.Name}' is recorded and was not measured.";
}
