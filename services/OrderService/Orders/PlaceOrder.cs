using System.Diagnostics;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Orders;
using OrderTracking.OrderService.Timeline;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Orders;

/// <summary>Accepts an order: the order and its event commit together. It asks no other service.</summary>
internal sealed class PlaceOrder(OrdersDb db, TimeProvider clock)
{
    private const string Method = "ordertracking.orders.v1.OrderService/PlaceOrder";

    public Task<V1.Order> Handle(V1.PlaceOrderRequest request, Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var violations = new Violations();
        var content = OrderParser.Parse(request.Order, current: null, now, violations);
        // A repeat of an accepted call is answered as the first was, even if its ship dates have gone by since: so what is wrong is
        // thrown only where the call turns out to be a new one.
        return db.Write(
            tx => Requests.Once(tx, Method, request.RequestId, actor, request, now, () =>
            {
                violations.ThrowIfAny();
                return Accept(tx, content!, actor, now);
            }),
            cancellation,
            request.ValidateOnly);
    }

    private static async Task<V1.Order> Accept(Tx tx, OrderContent content, Actor actor, DateTimeOffset now)
    {
        var order = new Order(Guid.CreateVersion7(now), 1, Cancelled: false, content, now, now, []);
        var placed = new OrderPlaced(Guid.CreateVersion7(now), now, actor.Subject, content.Snapshot(order.Id, order.Revision));
        await OrderStore.Insert(tx, order, actor.Subject);
        await TimelineStore.Append(
            tx, order.Id, DescribeOrder.Of(placed), Activity.Current?.TraceId.ToString(), OrderState.NameOf(order.Units.State), now);
        await Outbox.Add(tx, placed.EventId, placed, now);
        return OrderWire.Of(order);
    }
}
