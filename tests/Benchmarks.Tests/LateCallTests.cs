using OrderTracking.Benchmarks.Loading;
using Xunit;

namespace OrderTracking.Benchmarks.Tests;

/// <summary>A call that had to wait before it could be sent took as long as its caller waited.</summary>
public sealed class LateCallTests
{
    [Fact]
    public void A_latency_counts_from_the_moment_the_call_was_due()
    {
        var counts = new LoadCounts();
        var due = System.Diagnostics.Stopwatch.GetTimestamp() - System.Diagnostics.Stopwatch.Frequency;
        counts.Send(TimeSpan.FromSeconds(1));
        counts.Answer(due);
        counts.TakeRecent();
        Assert.InRange(LoadReport.Milliseconds(counts.Latencies, 50), 1_000, 10_000);
    }
}
