using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Grpc.Core;
using OrderTracking.ShipmentService.Stuck;
using Api = OrderTracking.Shipments.V1;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.ShipmentService.Tests.Service;

public sealed class StuckShipmentTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, long> _metric = new();
    private readonly MeterListener _listener = new();
    private ShipmentsHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ShipmentsHost.Start(
            ShipmentsHost.Impatient with { Stuck = new ShipmentStuckOptions { Interval = TimeSpan.FromMilliseconds(100) } });
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "ordertracking.shipments.stuck")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _metric[(string)tags[0].Value!] = value);
        _listener.Start();
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task A_shipment_no_decision_came_about_is_stuck_until_it_comes()
    {
        var (order, shipments) = await _host.PlaceOrder(Given.Line());
        Assert.Empty(await Stuck());
        _host.Clock.Advance(TimeSpan.FromSeconds(31));
        var stuck = Assert.Single(await Stuck());
        Assert.Equal(
            (shipments[0].Name, $"orders/{order.OrderId}", "SCREENED", State.Planned),
            (stuck.Shipment, stuck.Order, stuck.MissingStep, stuck.State));
        Assert.Equal((31, 30), (stuck.Age.Seconds, stuck.Allowed.Seconds));
        Assert.NotEmpty(stuck.ProbableCause);
        await Metric("SCREENED", 1);
        await _host.Screen(shipments[0], "READY");
        Assert.Empty(await Stuck());
        await Metric("SCREENED", 0);
    }

    [Fact]
    public async Task A_dispatch_compliance_does_not_answer_is_stuck()
    {
        var ready = await _host.ReadyShipment();
        _host.Compliance.Fail(StatusCode.Unavailable);
        await Assert.ThrowsAsync<RpcException>(async () => await _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready)));
        _host.Clock.Advance(TimeSpan.FromSeconds(31));
        var stuck = Assert.Single(await Stuck());
        Assert.Equal(("DISPATCH_ANSWERED", State.Dispatching), (stuck.MissingStep, stuck.State));
        Assert.Contains("Compliance", stuck.ProbableCause, StringComparison.Ordinal);
        await Metric("DISPATCH_ANSWERED", 1);
        _host.Compliance.Grant();
        await ShipmentsHost.Eventually(Stuck, found => found.Count == 0);
    }

    [Fact]
    public async Task Dates_that_pass_make_a_shipment_stuck_first_before_it_leaves_then_on_its_way()
    {
        var ready = await _host.ReadyShipment();
        _host.Clock.Advance(new DateTimeOffset(Given.ShipDate.AddDays(2), TimeOnly.MinValue, TimeSpan.Zero) - TimeSpan.FromMinutes(1) - _host.Clock.GetUtcNow());
        Assert.Empty(await Stuck());
        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("DISPATCHED", Assert.Single(await Stuck()).MissingStep);
        _host.Compliance.Grant();
        await _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready));
        Assert.Empty(await Stuck());
        _host.Clock.Advance(TimeSpan.FromDays(32));
        Assert.Equal("DELIVERED", Assert.Single(await Stuck()).MissingStep);
    }

    private async Task<IReadOnlyList<Api.StuckShipment>> Stuck() =>
        (await _host.Caller.ListStuckShipmentsAsync(new Api.ListStuckShipmentsRequest())).StuckShipments;

    private Task<long> Metric(string step, long value) => ShipmentsHost.Eventually(
        () =>
        {
            _listener.RecordObservableInstruments();
            return Task.FromResult(_metric.GetValueOrDefault(step, -1));
        },
        seen => seen == value);
}
