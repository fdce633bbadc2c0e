using Grpc.Core;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.OrderService.Tests.Service;

public sealed class CancelOrderTests : IAsyncLifetime
{
    private readonly FakeShipments _shipments = new();
    private OrderHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await OrderHost.Start(_shipments);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_order_of_which_nothing_has_left_is_cancelled()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var cancelled = await Cancel(placed);
        Assert.Equal((Order.Types.State.Cancelled, 100, 2), (cancelled.State, cancelled.Quantities.Cancelled, cancelled.Revision));
        Assert.True(Assert.Single(_shipments.Asked).Cancel);
        var refused = await Expect.Refused(() => Cancel(placed));
        Assert.Equal((StatusCode.FailedPrecondition, "ORDER_IS_CANCELLED"), (refused.Code, refused.Reason));
        var amend = AmendOrderTests.Amend(cancelled, 5);
        Assert.Equal("ORDER_IS_CANCELLED", (await Expect.Refused(_host.Client.AmendOrderAsync(amend))).Reason);
    }

    [Fact]
    public async Task What_has_left_stays_shipped_when_the_rest_is_cancelled()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var orderId = Guid.Parse(placed.Uid);
        var (left, stays) = (Sample.Id(), Sample.Id());
        var dispatched = new ShipmentDispatched(Sample.Id(), Sample.Start, "wms", "Carrier", "T1", Sample.Snapshot(orderId, left, "DISPATCHED", 40));
        var planned = new ShipmentPlanned(Sample.Id(), Sample.Start, "shipments", Sample.Snapshot(orderId, stays, "PLANNED", 60));
        await _host.Publish(dispatched.EventId, dispatched);
        await _host.Publish(planned.EventId, planned);
        await Expect.Eventually(async () => await _host.Client.GetOrderAsync(new GetOrderRequest { Name = placed.Name }), order => order.Shipments.Count == 2);
        var cancelled = await Cancel(placed);
        Assert.Equal((Order.Types.State.Shipped, 40, 60), (cancelled.State, cancelled.Quantities.Shipped, cancelled.Quantities.Cancelled));
    }

    [Fact]
    public async Task A_cancellation_is_idempotent_by_its_request_id()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var request = new CancelOrderRequest { Name = placed.Name, Etag = placed.Etag, Reason = "no", RequestId = "0197a5e0-0000-7000-8000-000000000001" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(async () => await _host.Client.CancelOrderAsync(request))));
        Assert.Single(answers.Distinct());
        Assert.Single(_shipments.Asked);
        Assert.Equal(2, await _host.Count("outbox"));
        var other = new CancelOrderRequest(request) { Reason = "another" };
        Assert.Equal("REQUEST_ID_REUSED", (await Expect.Refused(_host.Client.CancelOrderAsync(other))).Reason);
    }

    [Fact]
    public async Task A_cancellation_needs_its_reason_and_the_etag_that_was_read()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        Assert.Equal("TEXT_MISSING", (await Expect.Refused(_host.Client.CancelOrderAsync(new CancelOrderRequest { Name = placed.Name }))).Reason);
        var stale = new CancelOrderRequest { Name = placed.Name, Reason = "no", Etag = "\"7\"" };
        var refused = await Expect.Refused(_host.Client.CancelOrderAsync(stale));
        Assert.Equal((StatusCode.Aborted, "ETAG_MISMATCH"), (refused.Code, refused.Reason));
    }

    [Fact]
    public async Task Validating_only_cancels_nothing()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var shown = await _host.Client.CancelOrderAsync(new CancelOrderRequest { Name = placed.Name, Reason = "no", ValidateOnly = true });
        Assert.Equal(Order.Types.State.Cancelled, shown.State);
        Assert.Equal(placed, await _host.Client.GetOrderAsync(new GetOrderRequest { Name = placed.Name }));
    }

    [Fact]
    public async Task What_shipments_refuse_to_cancel_stays()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        _shipments.Before = _ => throw FakeShipments.Refused("NOTHING_LEFT_TO_CANCEL", StatusCode.FailedPrecondition);
        Assert.Equal("NOTHING_LEFT_TO_CANCEL", (await Expect.Refused(() => Cancel(placed))).Reason);
        Assert.Equal(placed, await _host.Client.GetOrderAsync(new GetOrderRequest { Name = placed.Name }));
    }

    private async Task<Order> Cancel(Order order) =>
        await _host.Client.CancelOrderAsync(new CancelOrderRequest { Name = order.Name, Reason = "the buyer went away" });
}
