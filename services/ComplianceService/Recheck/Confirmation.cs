using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>
/// That deciding a shipment again comes to what stands already: the decision, its holds with their grounds and releases, and the
/// standing. Then nothing is to be written but that it was looked at.
/// </summary>
internal sealed class Confirmation
{
    public required long Seq { get; init; }

    public required long Sequence { get; init; }

    public required long Revision { get; init; }

    public required long DecisionNumber { get; init; }

    public required long ScreeningNumber { get; init; }

    /// <summary>As read.</summary>
    public required long KnownVersion { get; init; }

    /// <summary>As read.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required long Version { get; init; }

    public DateOnly? DecidedShipDate { get; init; }

    public DateTimeOffset? DecideAgainAt { get; init; }

    /// <summary>Decides a shipment outside any transaction; null where anything may change, which a transaction then does.</summary>
    /// <param name="holds">The shipment's holds that are not voided, of the same snapshot.</param>
    public static Confirmation? Of(KnownShipment shipment, IReadOnlyList<Hold> holds, KnowledgeHead head, DateTimeOffset now) =>
        shipment.Phase == ShipmentPhase.Open ? Of(shipment, holds, Decide(shipment, head, now)) : null;

    /// <summary>Decides an open shipment outside any transaction.</summary>
    public static Verdict Decide(KnownShipment shipment, KnowledgeHead head, DateTimeOffset now) =>
        Judge.Decide(head, now, shipment.Facts, today => ShipDates.Effective(shipment.PlannedShipDate, today));

    /// <inheritdoc cref="Of(KnownShipment, IReadOnlyList{Hold}, KnowledgeHead, DateTimeOffset)"/>
    /// <param name="verdict">What was decided of it.</param>
    public static Confirmation? Of(KnownShipment shipment, IReadOnlyList<Hold> holds, Verdict verdict)
    {
        // A release that rests on a licence is held against the licence as well, which takes a transaction.
        if (shipment.Phase != ShipmentPhase.Open || shipment.DecisionId is null || shipment.ScreenedRevision != shipment.Revision
            || holds.Any(hold => hold.ActiveRelease?.LicenceId is not null))
            return null;
        var after = ScreenShipment.Decided(shipment, verdict);
        return Stands(shipment, holds, verdict) && after.Overdue == shipment.Overdue ? Of(shipment, after) : null;
    }

    private static bool Stands(KnownShipment shipment, IReadOnlyList<Hold> holds, Verdict verdict)
    {
        if (shipment.DecisionSignature != DecisionSignature.Of(verdict.Decision))
            return false;
        var origins = ScreenShipment.Origins(shipment, verdict, RecheckShipment.Actor);
        if (HoldBook.After(holds, verdict.Decision.Findings, verdict.Circumstances, origins).Count > 0)
            return false;
        var standing = Standing.Of(holds);
        return shipment.Standing == Codes<StandingKind>.Of(standing.Kind) && shipment.StandingReasons == string.Join(',', standing.Reasons);
    }

    private static Confirmation Of(KnownShipment before, KnownShipment after) => new()
    {
        Seq = before.Seq,
        Sequence = before.Sequence,
        Revision = before.Revision,
        DecisionNumber = before.DecisionNumber,
        ScreeningNumber = before.ScreeningNumber,
        KnownVersion = before.KnownVersion,
        DueAt = before.DecideAgainAt,
        Version = after.KnownVersion,
        DecidedShipDate = after.DecidedShipDate,
        DecideAgainAt = after.DecideAgainAt,
    };
}
