using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.BuildingBlocks.Tests.Telemetry;

public sealed class SamplerTests
{
    private const string Kept = "things.kept";
    private const int Traces = 2_000;

    // Of a trace of its own, of a caller who keeps his, of a caller who does not: how many are kept, as OpenTelemetry defines the names.
    [Theory]
    [InlineData("", "", Traces, Traces, 0)]
    [InlineData("parentbased_always_on", "", Traces, Traces, 0)]
    [InlineData("always_on", "", Traces, Traces, Traces)]
    [InlineData("always_off", "", 0, 0, 0)]
    [InlineData("parentbased_always_off", "", 0, Traces, 0)]
    [InlineData("traceidratio", "0", 0, 0, 0)]
    [InlineData("traceidratio", "", Traces, Traces, Traces)]
    [InlineData("parentbased_traceidratio", "0", 0, Traces, 0)]
    public void A_sampler_keeps_what_its_name_says_and_what_must_be_kept(string name, string argument, int roots, int ofKept, int ofDropped)
    {
        var sampler = new KeepingSampler(Configured(name, argument), [new KeptActivities(Kept), new KeptActivities("things.other")]);
        Assert.Equal((roots, ofKept, ofDropped), (Count(sampler, "call", null), Count(sampler, "call", true), Count(sampler, "call", false)));
        Assert.Equal((Traces, Traces, Traces), (Count(sampler, Kept, null), Count(sampler, Kept, true), Count(sampler, Kept, false)));
    }

    [Fact]
    public void A_ratio_is_a_share_of_the_traces() =>
        Assert.InRange(Count(new KeepingSampler(Configured("traceidratio", "0.1"), []), Kept, null), Traces / 20, Traces / 5);

    private static Sampler Configured(string name, string argument) => ConfiguredSampler.From(
        new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("OTEL_TRACES_SAMPLER", (string?)name), KeyValuePair.Create("OTEL_TRACES_SAMPLER_ARG", (string?)argument)])
            .Build());

    private static int Count(Sampler sampler, string name, bool? parentIsKept) => Enumerable.Range(0, Traces).Count(_ =>
    {
        var trace = ActivityTraceId.CreateRandom();
        var flags = parentIsKept == true ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        var parent = parentIsKept is null ? default : new ActivityContext(trace, ActivitySpanId.CreateRandom(), flags, isRemote: true);
        return sampler.ShouldSample(new SamplingParameters(parent, trace, name, ActivityKind.Internal)).Decision == SamplingDecision.RecordAndSample;
    });
}
