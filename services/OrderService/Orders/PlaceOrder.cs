using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
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
        var call = RepeatableCall.Of(Method, request.RequestId, actor, request);
        // Everything that needs no database is done before: its one writer serves all callers.
        var placed = content is null ? null : NewOrder.Of(content, actor, now);
        // A repeat of an accepted call is answered as the first was, even if its ship dates have gone by since: so what is wrong is
        // thrown only where the call turns out to be a new one.
        return db.Write(
            tx => Requests.Once(
                tx,
                call,
                now,
                () =>
                {
                    violations.ThrowIfAny();
                    return Accept(tx, placed!);
                },
                placed?.AnswerBytes),
            cancellation,
            request.ValidateOnly);
    }

    private static async Task<V1.Order> Accept(Tx tx, NewOrder placed)
    {
        await OrderStore.Insert(tx, placed);
        await TimelineStore.AppendFirst(tx, placed.Order.Id, placed.Happened, placed.TraceId, placed.State, placed.Order.CreatedAt);
        await Outbox.Add(tx, placed.Event);
        return placed.Answer;
    }
}
