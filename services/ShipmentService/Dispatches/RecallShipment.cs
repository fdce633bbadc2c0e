using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.Contracts.Compliance;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>
/// Stops what has not departed when its permit is revoked. The revocation is remembered in any case: the grant may not be known
/// here yet, and a departure may turn out never to have happened.
/// </summary>
internal sealed class RecallShipment(SaveShipment save, TimeProvider clock) : IEventHandler<PermitRevoked>
{
    public async Task Handle(Tx tx, PermitRevoked @event, EventContext context)
    {
        Spans.Tag(SpanKeys.Order, @event.OrderId);
        Spans.Tag(SpanKeys.Shipment, @event.ShipmentId);
        var stamp = new Stamp(clock.GetUtcNow(), @event.Actor);
        await DispatchStore.Revoke(tx, @event.PermitId, @event.ShipmentId, @event.Reason, stamp.Now);
        var shipment = await ShipmentStore.Find(tx, @event.ShipmentId);
        if (shipment is not null && DispatchRules.Recall(shipment, @event.PermitId, @event.Reason, stamp) is { } step)
            await save.Run(tx, [step]);
    }
}
