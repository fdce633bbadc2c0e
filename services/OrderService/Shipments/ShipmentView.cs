using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Shipments;

namespace OrderTracking.OrderService.Shipments;

/// <summary>
/// A shipment as the order knows it: the snapshot with the highest sequence and the screening with the highest number, whatever order
/// they came in. Both are kept apart, so taking events is commutative and repeats change nothing.
/// </summary>
internal sealed record ShipmentView(Guid ShipmentId, Guid OrderId)
{
    public const string Planned = "PLANNED";
    public const string Held = "HELD";
    public const string Blocked = "BLOCKED";
    public const string Ready = "READY";
    public const string Dispatching = "DISPATCHING";
    public const string Dispatched = "DISPATCHED";
    public const string Recalled = "RECALLED";
    public const string InTransit = "IN_TRANSIT";
    public const string Delivered = "DELIVERED";
    public const string Returned = "RETURNED";
    public const string Cancelled = "CANCELLED";

    /// <summary>The sequence of the snapshot; 0: none has come yet.</summary>
    public long Sequence { get; init; }

    public long Revision { get; init; }

    public int LineNumber { get; init; }

    public long Quantity { get; init; }

    public string SnapshotState { get; init; } = Planned;

    public DateOnly? PlannedShipDate { get; init; }

    /// <summary>The number of the screening; 0: none has come yet.</summary>
    public long ScreeningNumber { get; init; }

    public long ScreenedRevision { get; init; }

    public string Standing { get; init; } = Planned;

    public IReadOnlyList<string> ScreeningReasons { get; init; } = [];

    /// <summary>Since when it stands where it stands; null: not known.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Whether its quantity is known; a screening alone does not tell it.</summary>
    public bool IsKnown => Sequence > 0;

    /// <summary>Whether it has left our hands, as the shipment service tells.</summary>
    public bool HasLeft => SnapshotState is Dispatched or Recalled or InTransit or Delivered or Returned;

    /// <summary>
    /// Where it stands, a name of ordertracking.shipments.v1.Shipment.State. What the shipment service alone decides wins; before
    /// that, the screening of the present facts counts, and one of older facts does not.
    /// </summary>
    public string State =>
        HasLeft || SnapshotState == Cancelled ? SnapshotState
        : ScreeningNumber > 0 && ScreenedRevision >= Revision ? Standing
        : ScreeningNumber > 0 ? Planned
        : SnapshotState;

    /// <summary>The rules and reasons that stop it; empty when nothing does.</summary>
    public IReadOnlyList<string> Reasons => State is Held or Blocked or Recalled ? ScreeningReasons : [];

    /// <summary>The view after a snapshot: an older one changes nothing.</summary>
    public ShipmentView Take(ShipmentSnapshot snapshot) => snapshot.Sequence <= Sequence
        ? this
        : this with
        {
            Sequence = snapshot.Sequence,
            Revision = snapshot.Revision,
            LineNumber = snapshot.LineNumber,
            Quantity = snapshot.Quantity,
            SnapshotState = snapshot.State,
            PlannedShipDate = snapshot.PlannedShipDate,
        };

    /// <summary>The view after a screening: an older one changes nothing.</summary>
    public ShipmentView Take(ShipmentScreened screened) => screened.ScreeningNumber <= ScreeningNumber
        ? this
        : this with
        {
            ScreeningNumber = screened.ScreeningNumber,
            ScreenedRevision = screened.ShipmentRevision,
            Standing = screened.Standing,
            ScreeningReasons = screened.Reasons,
        };
}
