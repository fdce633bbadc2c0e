using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Brokers;
using OrderTracking.TestKit.Telemetry;
using Xunit;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>One trace a placed order, from its caller through every service that hears of it and back, whatever carries the events.</summary>
public sealed class TraceEdgeTests : IAsyncLifetime
{
    private const int Orders = 100;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly string _directory = Directory.CreateTempSubdirectory("ordertracking-edges-").FullName;
    private TraceSink _sink = null!;
    private HostProcess _host = null!;

    public async ValueTask InitializeAsync() => (_sink, _host) = (await TraceSink.Start(), new HostProcess(_directory));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public Task Every_order_is_one_trace_with_all_edges_in_memory() => EveryOrderIsOneTrace([]);

    [Fact]
    public async Task Every_order_is_one_trace_with_all_edges_through_rabbitmq()
    {
        var broker = await TestBroker.Find();
        Assert.SkipWhen(broker is null, TestBroker.Missing);
        var settings = broker!.Settings(TestBroker.NewPrefix());
        await EveryOrderIsOneTrace([.. settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!))]);
    }

    private async Task EveryOrderIsOneTrace((string, string)[] settings)
    {
        await _host.Start([.. _sink.Environment, .. settings]);
        var orders = _host.As("erp", "caller").Orders;
        var sketch = new OrderSketch { ShipDates = [DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(3).DateTime)] };
        var callers = Enumerable.Range(0, Orders).Select(_ => new TracedCaller()).ToList();
        var placed = await Task.WhenAll(callers.Select(async caller => (
            Caller: caller,
            Order: await orders.PlaceOrderAsync(new PlaceOrderRequest { Order = sketch.ToOrder(), RequestId = Shop.NewRequestId() }, caller.Headers))));

        var spans = await Eventually.Becomes(
            "every trace has every edge",
            () => Task.FromResult(_sink.Spans),
            seen => callers.All(caller => TraceEdges.OfPlacing.All(TraceEdges.Of(seen, caller).Contains)),
            Deadline);
        foreach (var (caller, order) in placed)
        {
            var trace = spans.Where(span => span.TraceId == caller.TraceId).ToList();
            var known = trace.Select(span => span.SpanId).Append(caller.SpanId).ToHashSet(StringComparer.Ordinal);
            Assert.DoesNotContain(trace, span => !known.Contains(span.ParentSpanId));
            Assert.All(trace, span => Assert.Equal(order.Uid, span["order.id"]));
        }

        // An edge is seen only where every span before it is: without the one at the shipment service its rest hangs on nothing.
        var broken = spans.Where(span => span.TraceId != callers[0].TraceId || span.Name != "shipments/TakeOrderEvents");
        Assert.Equal(["caller > orders"], TraceEdges.Of(broken, callers[0]).Except(["orders > compliance"]));
    }
}
