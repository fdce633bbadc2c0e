using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.OrderService.Orders;
using OrderTracking.OrderService.Timeline;
using OrderTracking.Wire;

namespace OrderTracking.OrderService.Shipments;

/// <summary>
/// Records an event of another service: the shipment's view, the order's state that follows from it, and the history. An event that
/// was recorded before changes nothing, in whatever order they come.
/// </summary>
internal sealed class RecordEvent(TimeProvider clock, OrderSignals signals)
{
    /// <summary>Records an event that changes what is known of a shipment.</summary>
    /// <param name="take">Makes the new view out of the old one; the same view if the event is out of date.</param>
    public async Task Shipment(
        Tx tx, Guid shipmentId, Guid orderId, Func<ShipmentView, ShipmentView> take, TimelineEvent happened, EventContext context)
    {
        Spans.Tag(SpanKeys.Order, orderId);
        Spans.Tag(SpanKeys.Shipment, shipmentId);
        var now = clock.GetUtcNow();
        if (!await OrderStore.CountEntry(tx, orderId, happened.EventId, now))
            return;
        var order = await OrderStore.Counted(tx, orderId);
        var shipments = await ShipmentStore.OfOrder(tx, orderId);
        var known = shipments.FirstOrDefault(view => view.ShipmentId == shipmentId);
        var before = known ?? new ShipmentView(shipmentId, orderId);
        var after = take(before);
        if (!ReferenceEquals(before, after))
            await ShipmentStore.Save(tx, IsElsewhere(before, after) ? after with { ChangedAt = now } : after, isNew: known is null);
        var state = OrderState.NameOf(Order.Derive(order.Lines, order.Cancelled != 0, [.. shipments.Where(view => !ReferenceEquals(view, known)), after]).State);
        if (state != order.State)
            await OrderStore.SetState(tx, orderId, state);
        await Append(tx, orderId, order.TimelineCount, happened, context, state, now);
    }

    /// <summary>Records an event that is history only.</summary>
    public async Task History(Tx tx, Guid orderId, TimelineEvent happened, EventContext context)
    {
        Spans.Tag(SpanKeys.Order, orderId);
        var now = clock.GetUtcNow();
        if (!await OrderStore.CountEntry(tx, orderId, happened.EventId, now))
            return;
        var place = await OrderStore.PlaceOf(tx, orderId);
        await Append(tx, orderId, place.TimelineCount, happened, context, place.State, now);
    }

    private static bool IsElsewhere(ShipmentView before, ShipmentView after) =>
        (before.State, before.Revision, before.IsKnown) != (after.State, after.Revision, after.IsKnown) || before.ChangedAt is null;

    private async Task Append(Tx tx, Guid orderId, long number, TimelineEvent happened, EventContext context, string state, DateTimeOffset now)
    {
        await TimelineStore.Add(tx, orderId, number, happened, context.TraceId, state, now);
        tx.AfterCommit(() => signals.Signal(orderId));
    }
}
