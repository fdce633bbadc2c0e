using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>What compliance says a shipment may do.</summary>
/// <param name="Number">Counts what was said about the shipment, from 1; the highest one counts.</param>
/// <param name="Revision">The shipment revision it is about.</param>
/// <param name="Standing">HELD, BLOCKED or READY.</param>
internal sealed record Screening(
    long Number, long Revision, ShipmentState Standing, bool Overdue, Guid? DecisionId, IReadOnlyList<string> Reasons);

/// <summary>Follows what compliance says. Late, repeated and reordered messages are harmless.</summary>
internal sealed class ScreenShipment(SaveShipment save, TimeProvider clock) : IEventHandler<ShipmentScreened>
{
    /// <summary>Applies a screening; null where it says nothing new about the current revision.</summary>
    public static ShipmentStep? Apply(Shipment shipment, Screening screening, Stamp stamp)
    {
        var isNews = screening.Number > shipment.ScreeningNumber && screening.Revision == shipment.Revision;
        if (!isNews || shipment.State == ShipmentState.Cancelled)
            return null;
        var remembered = Remember(shipment, screening);
        // From DISPATCHING on it is the permit that decides; what staff see of it is kept up to date all the same.
        var after = shipment.IsOpen ? remembered with { State = screening.Standing } : remembered;
        return ShipmentStep.Of(shipment, after, null, stamp);
    }

    public static Shipment Remember(Shipment shipment, Screening screening) => shipment with
    {
        ScreeningNumber = screening.Number,
        Standing = screening.Standing,
        Overdue = screening.Overdue,
        DecisionId = screening.DecisionId,
        Reasons = screening.Reasons,
    };

    public async Task Handle(Tx tx, ShipmentScreened @event, EventContext context)
    {
        Spans.Tag(SpanKeys.Order, @event.OrderId);
        Spans.Tag(SpanKeys.Shipment, @event.ShipmentId);
        Spans.Tag(SpanKeys.Decision, @event.DecisionId);
        // Unknown only if the database was put back to an older copy: compliance keeps what it knows, nothing is to be done here.
        if (await ShipmentStore.Find(tx, @event.ShipmentId) is not { } shipment)
            return;
        var screening = new Screening(
            @event.ScreeningNumber,
            @event.ShipmentRevision,
            StateNames.Parse(@event.Standing),
            @event.Overdue,
            @event.DecisionId,
            @event.Reasons);
        if (Apply(shipment, screening, new Stamp(clock.GetUtcNow(), @event.Actor)) is { } step)
            await save.Run(tx, [step]);
    }
}
