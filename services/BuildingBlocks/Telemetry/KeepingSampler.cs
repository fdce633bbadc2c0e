using System.Collections.Frozen;
using OpenTelemetry.Trace;

namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>Samples as configured, and keeps what must be kept.</summary>
internal sealed class KeepingSampler(Sampler configured, IEnumerable<KeptActivities> kept) : Sampler
{
    private readonly FrozenSet<string> _names = kept.SelectMany(activities => activities.Names).ToFrozenSet(StringComparer.Ordinal);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => _names.Contains(samplingParameters.Name)
        ? new SamplingResult(SamplingDecision.RecordAndSample)
        : configured.ShouldSample(samplingParameters);
}
