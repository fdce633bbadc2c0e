using System.Runtime.CompilerServices;
using OrderTracking.Compliance.V1;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Telemetry;
using Xunit;
using YamlDotNet.Serialization;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>With one trace of a hundred kept, every HELD and BLOCKED decision has its span, linked to whoever asked.</summary>
public sealed class KeptDecisionTests : IAsyncLifetime
{
    private const int Each = 15;
    private const string HeldSpan = "compliance.decision-held";
    private const string BlockedSpan = "compliance.decision-blocked";
    private static readonly DateOnly Day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(3).DateTime);
    private static readonly OrderSketch Lawful = new() { ShipDates = [Day] };
    private readonly string _directory = Directory.CreateTempSubdirectory("ordertracking-kept-").FullName;
    private TraceSink _sink = null!;
    private HostProcess _host = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        (_sink, _host) = (await TraceSink.Start(), new HostProcess(_directory));
        _shop = new Shop((subject, role) => _host.As(subject, role), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("traceidratio", "0.01")]
    [InlineData("parentbased_always_off", "")]
    public async Task Held_and_blocked_decisions_are_exported_whatever_is_sampled(string sampler, string argument)
    {
        await _host.Start([.. _sink.Environment, ("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", argument)]);
        var held = await Place(Lawful with { Part = "NO-SUCH-PART", Destination = "VN", Buyer = "May Tinh" });
        var blocked = await Place(Lawful with { Destination = "RU", Buyer = "Vychislitel" });
        var lawful = await Place(Lawful);

        await Eventually.Becomes(
            "each of them has its span", () => Task.FromResult(_sink.Spans), seen => seen.Count(IsKept) >= 2 * Each, TimeSpan.FromMinutes(1));
        var decisions = (await _shop.Auditor.Compliance.ListDecisionsAsync(new ListDecisionsRequest { PageSize = 1000 })).Decisions;
        await AssertKept(HeldSpan, Outcome.Held, held, decisions);
        await AssertKept(BlockedSpan, Outcome.Blocked, blocked, decisions);
        // Of the lawful ones, and of what else belongs to all three, next to nothing is.
        Assert.Equal(Each, decisions.Count(decision => decision.Outcome == Outcome.Cleared && lawful.ContainsKey(decision.TraceId)));
        var rest = _sink.Spans.Where(span => !IsKept(span)).Select(span => span.TraceId).ToHashSet(StringComparer.Ordinal);
        Assert.True(lawful.Keys.Count(rest.Contains) <= Each / 3);
        Assert.True(rest.Count <= Each);
    }

    [Fact]
    public async Task Where_everything_is_sampled_the_span_is_beside_the_callers_trace()
    {
        await _host.Start(_sink.Environment);
        var caller = (await Place(Lawful with { Destination = "RU", Buyer = "Vychislitel" }, isSampled: true)).Keys.First();
        var kept = await Eventually.Becomes(
            "it is exported with its cause", () => Task.FromResult(_sink.Spans), seen => seen.Any(span => span.Name == BlockedSpan && Cause(seen, span)?.TraceId == caller));
        var span = kept.First(span => span.Name == BlockedSpan && Cause(kept, span)?.TraceId == caller);
        Assert.Equal(("compliance/FollowShipments", span["decision.id"]), (Cause(kept, span)!.Name, Cause(kept, span)!["decision.id"]));
    }

    [Fact]
    public void The_collector_of_the_compose_file_drops_no_trace()
    {
        var collector = File.ReadAllText(Collector());
        Assert.Equal(["memory_limiter", "batch"], ProcessorsOfTraces(collector));
        Assert.Contains("tail_sampling", ProcessorsOfTraces(collector.Replace("[memory_limiter, batch]", "[memory_limiter, tail_sampling, batch]", StringComparison.Ordinal)));
    }

    private static List<string> ProcessorsOfTraces(string yaml)
    {
        var traces = new DeserializerBuilder().Build().Deserialize<Dictionary<string, dynamic>>(yaml)["service"]["pipelines"]["traces"];
        return [.. ((List<object>)traces["processors"]).Cast<string>()];
    }

    private static string Collector([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "services", "deploy", "collector", "collector.yaml"));

    private static bool IsKept(SeenSpan span) => span.Name is HeldSpan or BlockedSpan;

    private static SeenSpan? Cause(IEnumerable<SeenSpan> spans, SeenSpan span) => spans.FirstOrDefault(cause => (cause.TraceId, cause.SpanId) == span.Links.Single());

    private async Task AssertKept(
        string name, Outcome outcome, Dictionary<string, string> orders, IEnumerable<Decision> decisions)
    {
        var mine = decisions.Where(decision => orders.ContainsKey(decision.TraceId)).ToList();
        Assert.Equal(Each, mine.Count);
        Assert.All(mine, decision => Assert.Equal(outcome, decision.Outcome));
        foreach (var decision in mine)
        {
            var span = Assert.Single(_sink.Spans, span => span["decision.id"] == decision.Uid && IsKept(span));
            Assert.Equal((name, ""), (span.Name, span.ParentSpanId));
            Assert.NotEqual(decision.TraceId, span.TraceId);
            Assert.Equal(decision.TraceId, Assert.Single(span.Links).TraceId);
            Assert.Equal(decision.TraceId, span["caller.trace_id"]);
            Assert.Equal((orders[decision.TraceId], decision.Shipment), (span["order.id"], $"shipments/{span["shipment.id"]}"));
            var holds = await _shop.OpenHolds(decision.Shipment);
            Assert.NotEmpty(holds);
            Assert.Equal(holds.Select(hold => hold.Uid).Order(), span.Attributes["hold.id"].Order());
            Assert.Equal(holds.Select(hold => hold.Reason).Order(), span.Attributes["rule.id"].Order());
        }
    }

    /// <summary>Places orders, each in a trace of its caller's.</summary>
    /// <returns>The order of each trace.</returns>
    private async Task<Dictionary<string, string>> Place(OrderSketch sketch, bool isSampled = false)
    {
        var orders = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Each; i++)
        {
            var caller = new TracedCaller(isSampled);
            var order = await _shop.Caller.Orders.PlaceOrderAsync(
                new PlaceOrderRequest { Order = sketch.ToOrder(), RequestId = Shop.NewRequestId() }, caller.Headers);
            orders[caller.TraceId] = order.Uid;
            await _shop.Screened(order.Name, 1);
        }

        return orders;
    }
}
