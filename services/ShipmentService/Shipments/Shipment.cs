using OrderTracking.Contracts;
using OrderTracking.ShipmentService.Milestones;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>
/// Some units of one order line that leave together. Immutable: every change is a <see cref="ShipmentStep"/> made by a pure
/// function of this value and what happened.
/// </summary>
internal sealed record Shipment
{
    public required Guid Id { get; init; }

    /// <summary>Counts every change, from 1; the etag.</summary>
    public required long Sequence { get; init; }

    /// <summary>Counts versions of the facts a decision is made from, from 1.</summary>
    public required long Revision { get; init; }

    public required ShipmentState State { get; init; }

    public required Guid OrderId { get; init; }

    public required int LineNumber { get; init; }

    public required long OrderRevision { get; init; }

    public required ItemReference Item { get; init; }

    public required long Quantity { get; init; }

    public required MoneyAmount UnitPrice { get; init; }

    public required ShipmentTerms Terms { get; init; }

    public required DateOnly RequestedShipDate { get; init; }

    public required DateOnly PlannedShipDate { get; init; }

    public DateOnly? PromisedDeliveryDate { get; init; }

    public DateOnly? EstimatedDeliveryDate { get; init; }

    public DateOnly? ActualShipDate { get; init; }

    public DateOnly? ActualDeliveryDate { get; init; }

    public bool Overdue { get; init; }

    public string? Carrier { get; init; }

    public string? TrackingNumber { get; init; }

    public Guid? PermitId { get; init; }

    /// <summary>Whether the permit it left under counts no more.</summary>
    public bool PermitRevoked { get; init; }

    /// <summary>The dispatch that is under way; null in every state but DISPATCHING.</summary>
    public Guid? AttemptId { get; init; }

    /// <summary>The highest screening applied or remembered; 0 for none.</summary>
    public long ScreeningNumber { get; init; }

    /// <summary>What that screening left of the current revision: HELD, BLOCKED or READY; null until one came.</summary>
    public ShipmentState? Standing { get; init; }

    public Guid? DecisionId { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    public required DateTimeOffset CreateTime { get; init; }

    public required DateTimeOffset UpdateTime { get; init; }

    /// <summary>Every change of a date, oldest first.</summary>
    public IReadOnlyList<DateChange> DateHistory { get; init; } = [];

    /// <summary>Everything reported, in the order of recording.</summary>
    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    public MoneyAmount Value => UnitPrice with { MinorUnits = UnitPrice.MinorUnits * Quantity };

    /// <summary>Whether its facts may still change.</summary>
    public bool IsOpen => State is ShipmentState.Planned or ShipmentState.Held or ShipmentState.Blocked or ShipmentState.Ready;

    /// <summary>Whether it left our hands; a returned one did too.</summary>
    public bool IsGone =>
        State is ShipmentState.Dispatched or ShipmentState.Recalled or ShipmentState.InTransit or ShipmentState.Delivered
            or ShipmentState.Returned;

    /// <summary>The same shipment with other facts: undecided until compliance has screened the new revision.</summary>
    public Shipment WithNewRevision() => this with
    {
        Revision = Revision + 1,
        State = ShipmentState.Planned,
        Standing = null,
        Reasons = [],
        Overdue = false,
    };

    /// <summary>The same shipment with a date moved and its history told of it; itself if the date is the same.</summary>
    public Shipment WithDate(DateKind kind, DateOnly? newDate, string reason, string source, DateTimeOffset now)
    {
        var oldDate = DateOf(kind);
        if (oldDate == newDate)
            return this;
        var change = new DateChange(DateHistory.Count + 1, kind, oldDate, newDate, reason, source, now);
        return Moved(kind, newDate) with { DateHistory = [.. DateHistory, change] };
    }

    private DateOnly? DateOf(DateKind kind) => kind switch
    {
        DateKind.RequestedShip => RequestedShipDate,
        DateKind.PlannedShip => PlannedShipDate,
        DateKind.PromisedDelivery => PromisedDeliveryDate,
        DateKind.EstimatedDelivery => EstimatedDeliveryDate,
        DateKind.ActualShip => ActualShipDate,
        _ => ActualDeliveryDate,
    };

    private Shipment Moved(DateKind kind, DateOnly? date) => kind switch
    {
        DateKind.RequestedShip => this with { RequestedShipDate = date!.Value },
        DateKind.PlannedShip => this with { PlannedShipDate = date!.Value },
        DateKind.PromisedDelivery => this with { PromisedDeliveryDate = date },
        DateKind.EstimatedDelivery => this with { EstimatedDeliveryDate = date },
        DateKind.ActualShip => this with { ActualShipDate = date },
        _ => this with { ActualDeliveryDate = date },
    };
}
