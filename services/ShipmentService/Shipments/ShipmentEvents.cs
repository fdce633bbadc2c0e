using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Shipments;
using OrderTracking.ShipmentService.Milestones;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>Tells others of a step, in its transaction. Every event carries the whole shipment as it is after the step.</summary>
internal static class ShipmentEvents
{
    public static Task Add(Tx tx, ShipmentStep step)
    {
        var id = Guid.CreateVersion7(step.Stamp.Now);
        var (now, actor) = step.Stamp;
        var shipment = SnapshotOf(step.After);
        return step.News switch
        {
            ShipmentNews.Planned => Outbox.Add(tx, id, new ShipmentPlanned(id, now, actor, shipment), now),
            ShipmentNews.Revised news => Outbox.Add(tx, id, new ShipmentRevised(id, now, actor, news.Change, news.Reason, shipment), now),
            ShipmentNews.Cancelled news => Outbox.Add(tx, id, new ShipmentCancelled(id, now, actor, news.Reason, shipment), now),
            ShipmentNews.Dispatched news => Outbox.Add(
                tx, id, new ShipmentDispatched(id, now, actor, news.Carrier, news.TrackingNumber, shipment), now),
            ShipmentNews.MilestoneRecorded news => Outbox.Add(
                tx, id, MilestoneOf(id, now, actor, news.Milestone, step.After, shipment), now),
            ShipmentNews.Returned news => Outbox.Add(tx, id, new ShipmentReturned(id, now, actor, news.Reason, shipment), now),
            _ => Task.CompletedTask,
        };
    }

    private static ShipmentMilestoneRecorded MilestoneOf(
        Guid id, DateTimeOffset now, string actor, Milestone milestone, Shipment shipment, ShipmentSnapshot snapshot) => new(
        id,
        now,
        actor,
        milestone.Number,
        MilestoneNames.Of(milestone.Kind),
        milestone.EventTime,
        shipment.Terms.DateAt(milestone.EventTime),
        milestone.Supersedes,
        milestone.Location,
        milestone.Note,
        snapshot);

    private static ShipmentSnapshot SnapshotOf(Shipment shipment) => new(
        shipment.Id,
        shipment.Sequence,
        shipment.Revision,
        StateNames.Of(shipment.State),
        shipment.OrderId,
        shipment.LineNumber,
        shipment.OrderRevision,
        shipment.Item,
        shipment.Quantity,
        shipment.Value,
        shipment.Terms.Exporter,
        shipment.Terms.Parties,
        shipment.Terms.DestinationCountry,
        shipment.Terms.PlaceOfExportCountry,
        shipment.Terms.PlaceOfExportTimeZone,
        shipment.Terms.Movement,
        shipment.RequestedShipDate,
        shipment.PlannedShipDate,
        shipment.PermitId,
        shipment.ActualShipDate);
}
