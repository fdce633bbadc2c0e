using System.Globalization;
using System.Text;
using HdrHistogram;

namespace OrderTracking.Benchmarks.Loading;

/// <summary>What came of a run. Latencies in milliseconds, from when a call was due.</summary>
internal sealed record LoadReport(
    string Target,
    string Method,
    int Rate,
    double Seconds,
    int Connections,
    int InFlightMax,
    long Due,
    long Sent,
    long Answered,
    double AchievedRate,
    long InFlightAtEnd,
    long Failed,
    IReadOnlyDictionary<string, long> FailedByReason,
    long Shed,
    LatencyReport Latency,
    double SendingDelayP99,
    bool RateHeld,
    IReadOnlyList<LoadSecond> BySecond)
{
    // What is under way when the last second ends is no backlog as long as it is a hundredth of all calls or what is due in a tenth of a second.
    private const double UnderWayShare = 0.01;
    private const double UnderWaySeconds = 0.1;
    private const double MicrosecondsAMillisecond = 1_000;

    public bool IsGood => RateHeld && Failed == 0;

    public static LoadReport Of(LoadOptions options, LoadCounts counts, IReadOnlyList<LoadSecond> seconds, TimeSpan elapsed, long answered, long inFlight)
    {
        var underWayMax = Math.Max(1, Math.Max(options.Calls * UnderWayShare, options.Rate * UnderWaySeconds));
        return new LoadReport(
            options.Target.ToString(), options.Method == LoadMethod.PlaceOrder ? "place-order" : "check-shipment", options.Rate, elapsed.TotalSeconds,
            options.Connections, options.InFlightMax, options.Calls, counts.Sent, counts.Answered, answered / elapsed.TotalSeconds, inFlight, counts.Failed,
            new SortedDictionary<string, long>(counts.Refusals.ToDictionary(), StringComparer.Ordinal), counts.Shed, LatencyReport.Of(counts.Latencies),
            Milliseconds(counts.SendingDelays, 99), counts.Sent == options.Calls && inFlight <= underWayMax, seconds);
    }

    public static double Milliseconds(HistogramBase histogram, double percentile) =>
        histogram.TotalCount == 0 ? 0 : histogram.GetValueAtPercentile(percentile) / MicrosecondsAMillisecond;

    public override string ToString()
    {
        var text = new StringBuilder();
        var culture = CultureInfo.InvariantCulture;
        text.AppendLine(culture, $"{Method} at {Target}, {Rate:N0}/s for {Seconds:N1} s over {Connections} connections");
        text.AppendLine(culture, $"due {Due:N0}, sent {Sent:N0}, answered {Answered:N0}, failed {Failed:N0}, shed {Shed:N0} (at most {InFlightMax:N0} in flight)");
        text.AppendLine(culture, $"achieved {AchievedRate:N1}/s, {InFlightAtEnd:N0} in flight at the end: {(RateHeld ? "the rate was held" : "THE RATE WAS NOT HELD")}");
        text.AppendLine(culture, $"latency in ms, from when the call was due: p50 {Latency.P50:N2}, p90 {Latency.P90:N2}, p99 {Latency.P99:N2}, p99.9 {Latency.P999:N2}, max {Latency.Max:N2}");
        text.Append(culture, $"sent after it was due: p99 {SendingDelayP99:N2} ms");
        foreach (var (reason, count) in FailedByReason)
            text.AppendLine().Append(culture, $"failed: {reason} {count:N0}");
        return text.ToString();
    }
}

/// <summary>Milliseconds.</summary>
internal sealed record LatencyReport(double P50, double P90, double P99, double P999, double Max, double Mean)
{
    public static LatencyReport Of(HistogramBase all) => new(
        LoadReport.Milliseconds(all, 50), LoadReport.Milliseconds(all, 90), LoadReport.Milliseconds(all, 99), LoadReport.Milliseconds(all, 99.9),
        LoadReport.Milliseconds(all, 100), all.TotalCount == 0 ? 0 : all.GetMean() / 1_000);
}

/// <summary>One second of a run.</summary>
internal sealed record LoadSecond(double At, long Answered, long Failed, long Shed, long InFlight, double P50, double P99);
