namespace OrderTracking.Contracts.Compliance;

/// <summary>A shipment was decided, or what it may do has changed.</summary>
/// <param name="ShipmentRevision">The revision of the shipment's facts that was decided.</param>
/// <param name="DecisionNumber">Counts the decisions about the shipment, from 1.</param>
/// <param name="ScreeningNumber">Counts these events of the shipment, from 1: the highest one counts.</param>
/// <param name="Outcome">CLEARED, HELD or BLOCKED: what the rules say.</param>
/// <param name="Standing">READY, HELD or BLOCKED: what is left of it after licences, releases and holds by hand.</param>
/// <param name="Overdue">The planned date has gone by; it was decided for today's date.</param>
/// <param name="DecidedShipDate">The date it was decided for, at the place of export.</param>
/// <param name="Reasons">Rules and reasons of the holds that are not settled, alphabetically.</param>
public sealed record ShipmentScreened(
    Guid EventId,
    DateTimeOffset EventTime,
    string Actor,
    Guid ShipmentId,
    Guid OrderId,
    long ShipmentRevision,
    Guid DecisionId,
    long DecisionNumber,
    long ScreeningNumber,
    string Outcome,
    string Standing,
    bool Overdue,
    DateOnly DecidedShipDate,
    IReadOnlyList<string> Reasons);

/// <summary>A shipment got a reason not to leave.</summary>
public sealed record HoldOpened(
    Guid EventId, DateTimeOffset EventTime, string Actor, Guid HoldId, Guid ShipmentId, Guid OrderId, string Reason, string Explanation);

/// <summary>A second person approved the release of a hold.</summary>
public sealed record HoldSettled(
    Guid EventId, DateTimeOffset EventTime, string Actor, Guid HoldId, Guid ShipmentId, Guid OrderId, string Reason, string ProposedBy, Guid? LicenceId);

/// <summary>Somebody, or the system where a hold's reason is gone, asks a second person to settle a hold.</summary>
/// <param name="ReasonCode">Why it may be settled.</param>
/// <param name="LicenceId">The licence it rests on; null for a reasoned release.</param>
/// <param name="FirstShipDate">The first day it is meant for, at the place of export.</param>
/// <param name="LastShipDate">The last one.</param>
public sealed record ReleaseProposed(
    Guid EventId,
    DateTimeOffset EventTime,
    string Actor,
    Guid ReleaseId,
    Guid HoldId,
    Guid ShipmentId,
    Guid OrderId,
    string Reason,
    string ReasonCode,
    Guid? LicenceId,
    DateOnly FirstShipDate,
    DateOnly LastShipDate);

/// <summary>A second person did not agree to settle a hold, which stays.</summary>
/// <param name="Reason">The reason of the hold.</param>
/// <param name="Why">Why, in the person's words.</param>
public sealed record ReleaseRejected(
    Guid EventId,
    DateTimeOffset EventTime,
    string Actor,
    Guid ReleaseId,
    Guid HoldId,
    Guid ShipmentId,
    Guid OrderId,
    string Reason,
    string ProposedBy,
    string Why);

/// <summary>A hold's reason is gone.</summary>
public sealed record HoldVoided(
    Guid EventId, DateTimeOffset EventTime, string Actor, Guid HoldId, Guid ShipmentId, Guid OrderId, string Reason, string Why);

/// <summary>A release that somebody proposed or approved counts no more: what it relied on has changed, or its last ship date has gone by.</summary>
/// <param name="Reason">The reason of its hold.</param>
/// <param name="State">VOIDED or EXPIRED.</param>
/// <param name="Recipients">Who proposed it and who approved it.</param>
/// <param name="Why">Why, in words.</param>
/// <param name="Changes">What has changed, such as <c>quantity 100 -> 160</c>.</param>
public sealed record ReleaseVoided(
    Guid EventId,
    DateTimeOffset EventTime,
    string Actor,
    Guid ReleaseId,
    Guid HoldId,
    Guid ShipmentId,
    Guid OrderId,
    string Reason,
    string State,
    IReadOnlyList<string> Recipients,
    string Why,
    IReadOnlyList<string> Changes);

/// <summary>A shipment may leave on one local date.</summary>
public sealed record PermitGranted(
    Guid EventId, DateTimeOffset EventTime, string Actor, Guid PermitId, Guid ShipmentId, Guid OrderId, Guid DecisionId, DateOnly ShipDate);

/// <summary>A permit counts no more. The goods are to be stopped unless they have departed.</summary>
public sealed record PermitRevoked(
    Guid EventId, DateTimeOffset EventTime, string Actor, Guid PermitId, Guid ShipmentId, Guid OrderId, string Reason);

/// <summary>A rule changed.</summary>
public sealed record AmendmentPublished(
    Guid EventId, DateTimeOffset EventTime, string Actor, string Rule, string Amendment, string Digest);
