using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.Contracts.Orders;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.OrderChanges;

/// <summary>
/// Follows orders. A change is usually taken before its event comes, by TakeOrderChange; then, and when events come late or again,
/// the revision is not new and nothing happens. A change that cannot be taken fails here and comes again until it can, or stays as a
/// dead letter for staff.
/// </summary>
internal sealed class TakeOrderEvents(FollowOrder follow, TimeProvider clock)
    : IEventHandler<OrderPlaced>, IEventHandler<OrderAmended>, IEventHandler<OrderCancelled>
{
    private const string Planned = "Planned from the order.";

    public Task Handle(Tx tx, OrderPlaced @event, EventContext context) => Take(tx, @event.Order, Planned, @event.Actor);

    public Task Handle(Tx tx, OrderAmended @event, EventContext context) => Take(tx, @event.Order, @event.Reason, @event.Actor);

    public async Task Handle(Tx tx, OrderCancelled @event, EventContext context)
    {
        Spans.Tag(SpanKeys.Order, @event.OrderId);
        var known = await PlannedOrderStore.Find(tx, @event.OrderId);
        if (known?.Revision >= @event.Revision)
            return;
        var shipments = await FollowOrder.ShipmentsOf(tx, known, @event.OrderId);
        var reason = string.IsNullOrWhiteSpace(@event.Reason) ? FollowOrder.CancelReason : @event.Reason;
        await follow.Cancel(tx, known, @event.OrderId, @event.Revision, shipments, reason, new Stamp(clock.GetUtcNow(), @event.Actor));
    }

    private async Task Take(Tx tx, OrderSnapshot order, string? reason, string actor)
    {
        Spans.Tag(SpanKeys.Order, order.OrderId);
        var known = await PlannedOrderStore.Find(tx, order.OrderId);
        if (known is null || known.Revision < order.Revision)
            await follow.Take(tx, known, order, reason, new Stamp(clock.GetUtcNow(), actor));
    }
}
