using System.Diagnostics;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.Host.Traces;

/// <summary>
/// Asks for the data of every span, whatever is sampled for export: a span that is not sampled is filled in and seen by
/// <see cref="SpanKeeper"/>, and stays without the flag that exporters and other services go by.
/// </summary>
internal sealed class EverySpan : IDisposable
{
    // What TelemetryExport listens to: other sources' activities would be made for nobody.
    private static readonly HashSet<string> Sources = new(StringComparer.Ordinal)
    {
        Spans.SourceName, "Microsoft.AspNetCore", "OpenTelemetry.Instrumentation.GrpcNetClient",
    };

    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => Sources.Contains(source.Name),
        Sample = (ref _) => ActivitySamplingResult.AllData,
    };

    public EverySpan() => ActivitySource.AddActivityListener(_listener);

    public void Dispose() => _listener.Dispose();
}
