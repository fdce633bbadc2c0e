using System.Globalization;

namespace OrderTracking.Benchmarks.Gating;

/// <summary>
/// Compares what was measured with what is recorded. A ratio falls when something got slower; what is no ratio (bytes, and so on) grows, and is judged by
/// its own bar where nothing is recorded of it. A ratio that is recorded and not measured, or measured and not recorded, is a fault too: it would pass
/// without ever being looked at.
/// </summary>
internal static class Judgement
{
    /// <summary>A ratio below this share of the recorded one has fallen.</summary>
    public const double ShareMin = 0.8;

    /// <summary>What is wrong with the measurements that were asked for by an id; nothing where all is as it was.</summary>
    public static IReadOnlyList<string> Faults(RecordedRatios recorded, string id, IReadOnlyList<Bar> measured) =>
    [
        .. measured.Select(bar => FaultOf(bar, recorded.Find(id, bar.Name))).OfType<string>(),
        .. recorded.Of(id).Where(one => measured.All(bar => bar.Name != one.Name)).Select(one => $"'{one.Id} {one.Name}' is recorded and was not measured."),
    ];

    private static string? FaultOf(Bar bar, Recorded? before) => (bar.Ratio, before) switch
    {
        ({ }, null) => $"'{bar.Id} {bar.Name}' is measured and not recorded: add it, with its reason.",
        (null, null) => bar.IsMet ? null : bar.Words,
        ({ } ratio, _) when ratio.Median < ShareMin * before.Value => string.Create(
            CultureInfo.InvariantCulture,
            $"'{bar.Id} {bar.Name}' fell to {ratio.Median:0.000} (of {ratio.Pairs.Count} pairs); recorded is {before.Value:0.000} ({before.Reason}), allowed at least {ShareMin * before.Value:0.000}."),
        (null, _) when bar.Value > before.Value / ShareMin => string.Create(
            CultureInfo.InvariantCulture,
            $"'{bar.Id} {bar.Name}' grew to {bar.Value:0.0}; recorded is {before.Value:0.0} ({before.Reason}), allowed at most {before.Value / ShareMin:0.0}."),
        _ => null,
    };
}
