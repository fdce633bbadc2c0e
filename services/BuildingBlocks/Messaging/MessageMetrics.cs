using System.Diagnostics.Metrics;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>What is counted of events when their transaction is durable, and never of one that was rolled back.</summary>
internal static class MessageMetrics
{
    private const string Consumer = "consumer";

    private static readonly Meter Meter = new(DatabaseGauges.MeterName);

    private static readonly Counter<long> Duplicates = Meter.CreateCounter<long>(
        "ordertracking.inbox.duplicates", "{event}", "Events that came to a consumer again and changed nothing.");

    private static readonly Histogram<double> EventAge = Meter.CreateHistogram(
        "ordertracking.consumer.event_age", "s", "How long ago an event was sent when its consumer had taken it.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600] });

    public static void Repeated(string consumer) => Duplicates.Add(1, new KeyValuePair<string, object?>(Consumer, consumer));

    // Clocks of two machines differ: what comes before it was sent is new.
    public static void Taken(string consumer, TimeSpan age) =>
        EventAge.Record(Math.Max(0, age.TotalSeconds), new KeyValuePair<string, object?>(Consumer, consumer));
}
