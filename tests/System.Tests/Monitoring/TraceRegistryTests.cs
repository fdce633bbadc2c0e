using System.Globalization;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using OrderTracking.TestKit.Telemetry;
using Xunit;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>Names and attributes of spans are those of services/deploy/traces.csv, both ways, they say ids only, and each is related to its cause as it says there.</summary>
public sealed class TraceRegistryTests : IAsyncLifetime
{
    // They are long work somebody asks for, each with tests of its own; their span is made where that of audit.verify is.
    private static readonly string[] OtherJobs = ["jobs.impact.exposure", "jobs.impact.simulate", "jobs.lookback.scan", "jobs.replay.decisions"];

    // What calls say of themselves, whether somebody answered them well or not.
    private static readonly (string Call, string[] Keys)[] Calls =
    [
        ("orders.v1.OrderService/PlaceOrder", ["order.id"]),
        ("orders.v1.OrderService/CancelOrder", ["order.id"]),
        ("shipments.v1.ShipmentService/TakeOrderChange", ["order.id", "shipment.id"]),
        ("shipments.v1.ShipmentService/DispatchShipment", ["shipment.id"]),
        ("compliance.v1.ComplianceService/AuthorizeDispatch", ["order.id", "shipment.id", "decision.id"]),
        ("compliance.v1.HoldService/PlaceHold", ["order.id", "shipment.id", "hold.id"]),
        ("compliance.v1.HoldService/ApproveRelease", ["hold.id"]),
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("ordertracking-traced-").FullName;
    private TraceSink _sink = null!;
    private HostProcess _host = null!;
    private TcpProxy _toShipments = null!;
    private TcpProxy _toCompliance = null!;

    public async ValueTask InitializeAsync()
    {
        (_sink, _host) = (await TraceSink.Start(), new HostProcess(_directory));
        (_toShipments, _toCompliance) = (new TcpProxy(_host.Port), new TcpProxy(_host.Port));
        await _host.Start(
        [
            .. _sink.Environment,
            ("Services__shipments__Address", Address(_toShipments)),
            ("Services__compliance__Address", Address(_toCompliance)),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _toShipments.DisposeAsync();
        await _toCompliance.DisposeAsync();
        await _sink.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Every_name_and_attribute_is_registered_and_seen()
    {
        var shop = new Shop((subject, role) => _host.As(subject, role), TimeProvider.System);
        var registry = TraceRegistry.Read();
        Assert.Equal(registry.Activities.Count(), registry.Activities.Distinct().Count());
        await new TracedWalk(shop, _toShipments, _toCompliance).Run();
        var spans = await Eventually.Becomes(
            "what is registered is seen", () => Task.FromResult(_sink.Spans), seen => !registry.Unseen(seen).Except(OtherJobs).Any());
        Assert.Equal([], registry.Strangers(spans));
        Assert.Equal([], registry.NoIds(spans));
        Assert.Equal([], registry.Misplaced(spans));
        foreach (var (call, keys) in Calls)
        {
            var served = spans.Where(span => span.Name == $"POST /ordertracking.{call}").ToList();
            Assert.NotEmpty(served);
            Assert.All(served, span => Assert.All(keys, key => Assert.Contains(key, span.Attributes.Keys)));
        }

        await Eventually.Becomes("no span hangs on one that nobody exported", () => Task.FromResult(Orphans(_sink.Spans)), orphans => orphans.Count == 0);

        var changed = new TraceRegistry("kind,name,relation", "activity,orders/TakeShipmentEvents,root", "activity,orders.never,root", "attribute,order.id,");
        Assert.Contains("shipments/TakeOrderEvents", changed.Strangers(spans));
        Assert.Contains("shipment.id", changed.Strangers(spans));
        Assert.Equal(["orders.never"], changed.Unseen(spans));
        Assert.Contains("orders/TakeShipmentEvents", changed.Misplaced(spans));
        Assert.NotEmpty(changed.NoIds([spans[0] with { Attributes = new Dictionary<string, IReadOnlyList<string>> { ["order.id"] = ["a buyer"] } }]));
    }

    // A call, an event, a resumed dispatch: whatever has a parent has one that was exported. This caller's calls are roots.
    private static List<string> Orphans(IReadOnlyList<SeenSpan> spans)
    {
        var known = spans.Select(span => (span.TraceId, span.SpanId)).ToHashSet();
        return [.. spans.Where(span => span.ParentSpanId.Length > 0 && !known.Contains((span.TraceId, span.ParentSpanId))).Select(span => span.Name).Distinct()];
    }

    private static string Address(TcpProxy proxy) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{proxy.Port}");
}
