namespace OrderTracking.Contracts.Shipments;

/// <summary>A shipment after a change. Consumers keep the one with the highest <paramref name="Sequence"/>.</summary>
/// <param name="Sequence">Counts every change of the shipment, from 1.</param>
/// <param name="Revision">Counts versions of the facts a decision is made from, from 1.</param>
/// <param name="State">A name of ordertracking.shipments.v1.Shipment.State.</param>
/// <param name="Movement">EXPORT, REEXPORT or TRANSFER.</param>
/// <param name="PlannedShipDate">A date at the place of export.</param>
/// <param name="PermitId">The permit it left under, once dispatched.</param>
/// <param name="ActualShipDate">The date it departed at the place of export.</param>
public sealed record ShipmentSnapshot(
    Guid ShipmentId,
    long Sequence,
    long Revision,
    string State,
    Guid OrderId,
    int LineNumber,
    long OrderRevision,
    ItemReference Item,
    long Quantity,
    MoneyAmount Value,
    string Exporter,
    IReadOnlyList<PartyFacts> Parties,
    string DestinationCountry,
    string PlaceOfExportCountry,
    string PlaceOfExportTimeZone,
    string Movement,
    DateOnly RequestedShipDate,
    DateOnly PlannedShipDate,
    Guid? PermitId,
    DateOnly? ActualShipDate);

/// <summary>A shipment was planned.</summary>
public sealed record ShipmentPlanned(Guid EventId, DateTimeOffset EventTime, string Actor, ShipmentSnapshot Shipment);

/// <summary>A shipment was split, rescheduled, amended with its order, or recalled.</summary>
/// <param name="Change">SPLIT, RESCHEDULED, AMENDED or RECALLED.</param>
public sealed record ShipmentRevised(Guid EventId, DateTimeOffset EventTime, string Actor, string Change, string? Reason, ShipmentSnapshot Shipment);

/// <summary>A shipment will not leave.</summary>
public sealed record ShipmentCancelled(Guid EventId, DateTimeOffset EventTime, string Actor, string Reason, ShipmentSnapshot Shipment);

/// <summary>A shipment has its permit and left our hands.</summary>
public sealed record ShipmentDispatched(
    Guid EventId, DateTimeOffset EventTime, string Actor, string Carrier, string TrackingNumber, ShipmentSnapshot Shipment);

/// <summary>Something was reported about a shipment on its way.</summary>
/// <param name="EventTime">When it was recorded.</param>
/// <param name="MilestoneTime">When it happened.</param>
/// <param name="Kind">DEPARTED, ARRIVED, CUSTOMS_CLEARED, DELIVERED or EXCEPTION.</param>
/// <param name="Supersedes">The number of the milestone it corrects; 0 for none.</param>
/// <param name="LocalDate">The date of <paramref name="MilestoneTime"/> at the place of export.</param>
public sealed record ShipmentMilestoneRecorded(
    Guid EventId,
    DateTimeOffset EventTime,
    string Actor,
    long Number,
    string Kind,
    DateTimeOffset MilestoneTime,
    DateOnly LocalDate,
    long Supersedes,
    string? Location,
    string? Note,
    ShipmentSnapshot Shipment);

/// <summary>A shipment came back.</summary>
public sealed record ShipmentReturned(Guid EventId, DateTimeOffset EventTime, string Actor, string Reason, ShipmentSnapshot Shipment);

/// <summary>Somebody who may not dispatch tried to. Nothing was changed.</summary>
/// <param name="Roles">The roles of the one who tried.</param>
/// <param name="Reason">The name of the reason, such as ROLE_NOT_ALLOWED.</param>
/// <param name="ShipmentId">The shipment; null where its name could not be read. It need not exist.</param>
public sealed record DispatchRefused(
    Guid EventId, DateTimeOffset EventTime, string Actor, IReadOnlyList<string> Roles, string Reason, Guid? ShipmentId);
