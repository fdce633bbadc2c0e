using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Shipments;

/// <summary>A row of the table shipments.</summary>
internal sealed class ShipmentRow
{
    public long Seq { get; init; }

    public Guid ShipmentId { get; init; }

    public Guid OrderId { get; init; }

    public long Sequence { get; init; }

    public long Revision { get; init; }

    public string Phase { get; init; } = "";

    public string Facts { get; init; } = "";

    public string PartNumber { get; init; } = "";

    public string PlaceTimeZone { get; init; } = "";

    public DateOnly PlannedShipDate { get; init; }

    public DateOnly? DepartedDate { get; init; }

    public long ScreenedRevision { get; init; }

    public Guid? DecisionId { get; init; }

    public long DecisionNumber { get; init; }

    public string DecisionSignature { get; init; } = "";

    public string Outcome { get; init; } = "";

    public DateOnly? DecidedShipDate { get; init; }

    public long Overdue { get; init; }

    public long ScreeningNumber { get; init; }

    public string Standing { get; init; } = "";

    public string StandingReasons { get; init; } = "";

    public long KnownVersion { get; init; }

    public DateTimeOffset? DecideAgainAt { get; init; }

    public static ShipmentRow Of(KnownShipment shipment) => new()
    {
        ShipmentId = shipment.Id,
        OrderId = shipment.OrderId,
        Sequence = shipment.Sequence,
        Revision = shipment.Revision,
        Phase = Codes<ShipmentPhase>.Of(shipment.Phase),
        Facts = StoredFacts.Write(shipment.Facts),
        PartNumber = shipment.Facts.Item.PartNumber,
        PlaceTimeZone = shipment.TimeZone,
        PlannedShipDate = shipment.PlannedShipDate,
        DepartedDate = shipment.DepartedDate,
        ScreenedRevision = shipment.ScreenedRevision,
        DecisionId = shipment.DecisionId,
        DecisionNumber = shipment.DecisionNumber,
        DecisionSignature = shipment.DecisionSignature,
        Outcome = shipment.Outcome,
        DecidedShipDate = shipment.DecidedShipDate,
        Overdue = shipment.Overdue ? 1 : 0,
        ScreeningNumber = shipment.ScreeningNumber,
        Standing = shipment.Standing,
        StandingReasons = shipment.StandingReasons,
        KnownVersion = shipment.KnownVersion,
        DecideAgainAt = shipment.DecideAgainAt,
    };

    public KnownShipment ToShipment() => Of(StoredFacts.Read(Facts));

    private KnownShipment Of(ShipmentFacts facts) => new()
    {
        Seq = Seq,
        Id = ShipmentId,
        OrderId = OrderId,
        Sequence = Sequence,
        Revision = Revision,
        Phase = Codes<ShipmentPhase>.Parse(Phase),
        Facts = facts,
        StoredParties = facts.Parties,
        DepartedDate = DepartedDate,
        ScreenedRevision = ScreenedRevision,
        DecisionId = DecisionId,
        DecisionNumber = DecisionNumber,
        DecisionSignature = DecisionSignature,
        Outcome = Outcome,
        DecidedShipDate = DecidedShipDate,
        Overdue = Overdue != 0,
        ScreeningNumber = ScreeningNumber,
        Standing = Standing,
        StandingReasons = StandingReasons,
        KnownVersion = KnownVersion,
        DecideAgainAt = DecideAgainAt,
    };
}
