using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Shipments;

internal enum ShipmentPhase
{
    /// <summary>It has not left and has no permit: it is decided again whenever something changes.</summary>
    Open,

    /// <summary>It has a permit and has not departed: it is decided again when something is published.</summary>
    Permitted,
    Departed,

    /// <summary>Cancelled or returned.</summary>
    Closed,
}

/// <summary>What compliance knows of a shipment, and where its screening stands.</summary>
internal sealed record KnownShipment
{
    public long Seq { get; init; }

    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>Of the newest event taken; 0 while only a request for a permit told of the shipment.</summary>
    public required long Sequence { get; init; }

    public required long Revision { get; init; }

    public required ShipmentPhase Phase { get; init; }

    /// <summary>As of <see cref="Revision"/>; the ship date is the planned one.</summary>
    public required ShipmentFacts Facts { get; init; }

    public DateOnly? DepartedDate { get; init; }

    public long ScreenedRevision { get; init; }

    public Guid? DecisionId { get; init; }

    public long DecisionNumber { get; init; }

    public string DecisionSignature { get; init; } = "";

    public string Outcome { get; init; } = "";

    public DateOnly? DecidedShipDate { get; init; }

    public bool Overdue { get; init; }

    public long ScreeningNumber { get; init; }

    /// <summary>READY, HELD or BLOCKED as last told; blank before the first screening.</summary>
    public string Standing { get; init; } = "";

    /// <summary>Separated by commas, as last told.</summary>
    public string StandingReasons { get; init; } = "";

    /// <summary>The version of the rules and the catalogue it was last decided with.</summary>
    public long KnownVersion { get; init; }

    /// <summary>When time alone may change the decision; null: never.</summary>
    public DateTimeOffset? DecideAgainAt { get; init; }

    /// <summary>The parties that rows of their own are stored of; null: none are.</summary>
    public IReadOnlyList<Party>? StoredParties { get; init; }

    public string TimeZone => Facts.PlaceOfExport.TimeZone;

    public DateOnly PlannedShipDate => Facts.ShipDate;
}
