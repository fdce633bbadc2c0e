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
        if (await TimelineStore.Has(tx, orderId, happened.EventId))
            return;
        await OrderStore.Touch(tx, orderId, now);
        var before = await ShipmentStore.Get(tx, shipmentId, orderId);
        var after = take(before);
        if (!ReferenceEquals(before, after))
            await ShipmentStore.Save(tx, IsElsewhere(before, after) ? after with { ChangedAt = now } : after);
        var state = OrderState.NameOf((await OrderStore.Get(tx, orderId)).Units.State);
        await OrderStore.SetState(tx, orderId, state);
        await Append(tx, orderId, happened, context, state, now);
    }

    /// <summary>Records an event that is history only.</summary>
    public async Task History(Tx tx, Guid orderId, TimelineEvent happened, EventContext context)
    {
        Spans.Tag(SpanKeys.Order, orderId);
        var now = clock.GetUtcNow();
        if (await TimelineStore.Has(tx, orderId, happened.EventId))
            return;
        await OrderStore.Touch(tx, orderId, now);
        await Append(tx, orderId, happened, context, await OrderStore.StateOf(tx, orderId), now);
    }

    private static bool IsElsewhere(ShipmentView before, ShipmentView after) =>
        (before.State, before.Revision, before.IsKnown) != (after.State, after.Revision, after.IsKnown) || before.ChangedAt is null;

    private async Task Append(Tx tx, Guid orderId, TimelineEvent happened, EventContext context, string state, DateTimeOffset now)
    {
        await TimelineStore.Append(tx, orderId, happened, context.TraceId, state, now);
        tx.AfterCommit(() => signals.Signal(orderId));
    }
}
