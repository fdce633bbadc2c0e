using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Outlook.PullForwards;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Shipments;

/// <summary>
/// Takes what happened to shipments. Every event carries the whole shipment, so the one with the highest sequence counts, in whatever
/// order they come, and each is held against what was known before: new facts are screened, a departure is checked, an end is an end.
/// </summary>
internal sealed class FollowShipments(ScreenShipment screen, CheckDeparture departure, GuardPullForward pullForward, TimeProvider clock) :
    IEventHandler<ShipmentPlanned>,
    IEventHandler<ShipmentRevised>,
    IEventHandler<ShipmentCancelled>,
    IEventHandler<ShipmentDispatched>,
    IEventHandler<ShipmentMilestoneRecorded>,
    IEventHandler<ShipmentReturned>
{
    private const string CancelledState = "CANCELLED";
    private const string ReturnedState = "RETURNED";

    public Task Handle(Tx tx, ShipmentPlanned @event, EventContext context) => Take(tx, @event.Shipment, @event.Actor);

    public Task Handle(Tx tx, ShipmentRevised @event, EventContext context) => Take(tx, @event.Shipment, @event.Actor);

    public Task Handle(Tx tx, ShipmentCancelled @event, EventContext context) => Take(tx, @event.Shipment, @event.Actor);

    public Task Handle(Tx tx, ShipmentDispatched @event, EventContext context) => Take(tx, @event.Shipment, @event.Actor);

    public Task Handle(Tx tx, ShipmentMilestoneRecorded @event, EventContext context) => Take(tx, @event.Shipment, @event.Actor);

    public Task Handle(Tx tx, ShipmentReturned @event, EventContext context) => Take(tx, @event.Shipment, @event.Actor);

    private async Task Take(Tx tx, ShipmentSnapshot snapshot, string actor)
    {
        Spans.Tag(SpanKeys.Order, snapshot.OrderId);
        Spans.Tag(SpanKeys.Shipment, snapshot.ShipmentId);
        var before = await ShipmentStore.Find(tx, snapshot.ShipmentId);
        if (before is not null && snapshot.Sequence <= before.Sequence)
            return;
        var shipment = Taken(before, snapshot);
        await (before is null ? ShipmentStore.Insert(tx, shipment) : ShipmentStore.Update(tx, shipment));
        if (before is not null && before.Revision != shipment.Revision)
            await HoldStore.Follow(tx, shipment.Id, HoldGoods.Of(shipment.Facts), clock.GetUtcNow());
        shipment = await pullForward.Follow(tx, before, shipment, snapshot.State == CancelledState, clock.GetUtcNow());

        if (snapshot.State is CancelledState or ReturnedState)
            await End(tx, shipment, snapshot.State, actor);
        else if (before?.DepartedDate != shipment.DepartedDate)
            await departure.Run(tx, shipment, actor);
        else if (shipment.Phase == ShipmentPhase.Open && shipment.Revision > shipment.ScreenedRevision)
            await screen.Run(tx, shipment, Occasion.Screening, actor, isAsStored: true);
    }

    private static KnownShipment Taken(KnownShipment? before, ShipmentSnapshot snapshot)
    {
        var facts = SnapshotFacts.Of(snapshot);
        if (before is null)
            return new KnownShipment
            {
                Id = snapshot.ShipmentId,
                OrderId = snapshot.OrderId,
                Sequence = snapshot.Sequence,
                Revision = snapshot.Revision,
                Phase = ShipmentPhase.Open,
                Facts = facts,
                DepartedDate = snapshot.ActualShipDate,
            };
        var taken = before with { Sequence = snapshot.Sequence, DepartedDate = snapshot.ActualShipDate };
        // A request for a permit may have told of newer facts than this event.
        return snapshot.Revision < before.Revision ? taken : taken with { Revision = snapshot.Revision, Facts = facts };
    }

    private async Task End(Tx tx, KnownShipment shipment, string state, string actor)
    {
        var now = clock.GetUtcNow();
        var why = state == CancelledState ? "The shipment was cancelled." : "The goods came back.";
        await RevokePermit.OfShipment(tx, shipment, why, actor, now);
        var holds = await HoldStore.OfShipment(tx, shipment.Id);
        await HoldKeeper.Apply(tx, holds, HoldBook.VoidAll(holds, why, now), actor, now);
        await ShipmentStore.Update(tx, shipment with { Phase = ShipmentPhase.Closed, DecideAgainAt = null });
    }
}
