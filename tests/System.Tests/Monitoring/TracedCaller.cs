using System.Diagnostics;
using Grpc.Core;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>A span of a caller's, as its headers tell of it.</summary>
/// <param name="IsSampled">Whether the caller itself keeps it.</param>
internal sealed record TracedCaller(bool IsSampled = true)
{
    public string TraceId { get; } = ActivityTraceId.CreateRandom().ToHexString();

    public string SpanId { get; } = ActivitySpanId.CreateRandom().ToHexString();

    public Metadata Headers => new() { { "traceparent", $"00-{TraceId}-{SpanId}-{(IsSampled ? "01" : "00")}" } };
}
