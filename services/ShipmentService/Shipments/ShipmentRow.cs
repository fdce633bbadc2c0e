using System.Text.Json;
using OrderTracking.Contracts;
using OrderTracking.ShipmentService.Milestones;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>A row of the table shipments.</summary>
internal sealed class ShipmentRow
{
    public const string ColumnNames = """
        id, sequence, revision, state, order_name, line_number, order_revision, part_number, item, quantity, unit_price_minor_units,
        currency_code, exporter, parties, destination_country, place_of_export_country, place_of_export_time_zone, movement,
        requested_ship_date, planned_ship_date, promised_delivery_date, estimated_delivery_date, actual_ship_date, actual_delivery_date,
        overdue, carrier, tracking_number, permit_id, attempt_id, screening_number, standing, decision_id, reasons, created_at, updated_at
        """;

    public const string ParameterNames = """
        @Id, @Sequence, @Revision, @State, @OrderName, @LineNumber, @OrderRevision, @PartNumber, @Item, @Quantity, @UnitPriceMinorUnits,
        @CurrencyCode, @Exporter, @Parties, @DestinationCountry, @PlaceOfExportCountry, @PlaceOfExportTimeZone, @Movement,
        @RequestedShipDate, @PlannedShipDate, @PromisedDeliveryDate, @EstimatedDeliveryDate, @ActualShipDate, @ActualDeliveryDate,
        @Overdue, @Carrier, @TrackingNumber, @PermitId, @AttemptId, @ScreeningNumber, @Standing, @DecisionId, @Reasons, @CreatedAt, @UpdatedAt
        """;

    public const string SelectColumns = $"""
        select s.seq as {nameof(Seq)}, s.id as {nameof(Id)}, s.sequence as {nameof(Sequence)}, s.revision as {nameof(Revision)},
            s.state as {nameof(State)}, s.order_name as {nameof(OrderName)}, s.line_number as {nameof(LineNumber)},
            s.order_revision as {nameof(OrderRevision)}, s.part_number as {nameof(PartNumber)}, s.item as {nameof(Item)},
            s.quantity as {nameof(Quantity)}, s.unit_price_minor_units as {nameof(UnitPriceMinorUnits)}, s.currency_code as {nameof(CurrencyCode)},
            s.exporter as {nameof(Exporter)}, s.parties as {nameof(Parties)}, s.destination_country as {nameof(DestinationCountry)},
            s.place_of_export_country as {nameof(PlaceOfExportCountry)}, s.place_of_export_time_zone as {nameof(PlaceOfExportTimeZone)},
            s.movement as {nameof(Movement)}, s.requested_ship_date as {nameof(RequestedShipDate)}, s.planned_ship_date as {nameof(PlannedShipDate)},
            s.promised_delivery_date as {nameof(PromisedDeliveryDate)}, s.estimated_delivery_date as {nameof(EstimatedDeliveryDate)},
            s.actual_ship_date as {nameof(ActualShipDate)}, s.actual_delivery_date as {nameof(ActualDeliveryDate)}, s.overdue as {nameof(Overdue)},
            s.carrier as {nameof(Carrier)}, s.tracking_number as {nameof(TrackingNumber)}, s.permit_id as {nameof(PermitId)},
            s.attempt_id as {nameof(AttemptId)}, s.screening_number as {nameof(ScreeningNumber)}, s.standing as {nameof(Standing)},
            s.decision_id as {nameof(DecisionId)}, s.reasons as {nameof(Reasons)}, s.created_at as {nameof(CreatedAt)}, s.updated_at as {nameof(UpdatedAt)},
            case when r.permit_id is null then 0 else 1 end as {nameof(PermitRevoked)}
        """;

    public const string From = """
        from shipments s
        left join revoked_permits r on r.permit_id = s.permit_id
        """;

    public const string Select = $"""
        {SelectColumns}
        {From}
        """;

    /// <summary>How values of several parts are written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public long Seq { get; init; }

    public Guid Id { get; init; }

    public long Sequence { get; init; }

    public long Revision { get; init; }

    public string State { get; init; } = "";

    public string OrderName { get; init; } = "";

    public long LineNumber { get; init; }

    public long OrderRevision { get; init; }

    public string PartNumber { get; init; } = "";

    public string Item { get; init; } = "";

    public long Quantity { get; init; }

    public long UnitPriceMinorUnits { get; init; }

    public string CurrencyCode { get; init; } = "";

    public string Exporter { get; init; } = "";

    public string Parties { get; init; } = "";

    public string DestinationCountry { get; init; } = "";

    public string PlaceOfExportCountry { get; init; } = "";

    public string PlaceOfExportTimeZone { get; init; } = "";

    public string Movement { get; init; } = "";

    public DateOnly RequestedShipDate { get; init; }

    public DateOnly PlannedShipDate { get; init; }

    public DateOnly? PromisedDeliveryDate { get; init; }

    public DateOnly? EstimatedDeliveryDate { get; init; }

    public DateOnly? ActualShipDate { get; init; }

    public DateOnly? ActualDeliveryDate { get; init; }

    public long Overdue { get; init; }

    public string? Carrier { get; init; }

    public string? TrackingNumber { get; init; }

    public Guid? PermitId { get; init; }

    public long PermitRevoked { get; init; }

    /// <summary>Not 0: something happened to it. Said only where one shipment is read.</summary>
    public long HasHistory { get; init; }

    public Guid? AttemptId { get; init; }

    public long ScreeningNumber { get; init; }

    public string? Standing { get; init; }

    public Guid? DecisionId { get; init; }

    public string Reasons { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public static ShipmentRow Of(Shipment shipment) => new()
    {
        Id = shipment.Id,
        Sequence = shipment.Sequence,
        Revision = shipment.Revision,
        State = StateNames.Of(shipment.State),
        OrderName = WireName.Of("orders", shipment.OrderId),
        LineNumber = shipment.LineNumber,
        OrderRevision = shipment.OrderRevision,
        PartNumber = shipment.Item.PartNumber,
        Item = JsonSerializer.Serialize(shipment.Item, Json),
        Quantity = shipment.Quantity,
        UnitPriceMinorUnits = shipment.UnitPrice.MinorUnits,
        CurrencyCode = shipment.UnitPrice.CurrencyCode,
        Exporter = shipment.Terms.Exporter,
        Parties = JsonSerializer.Serialize(shipment.Terms.Parties, Json),
        DestinationCountry = shipment.Terms.DestinationCountry,
        PlaceOfExportCountry = shipment.Terms.PlaceOfExportCountry,
        PlaceOfExportTimeZone = shipment.Terms.PlaceOfExportTimeZone,
        Movement = shipment.Terms.Movement,
        RequestedShipDate = shipment.RequestedShipDate,
        PlannedShipDate = shipment.PlannedShipDate,
        PromisedDeliveryDate = shipment.PromisedDeliveryDate,
        EstimatedDeliveryDate = shipment.EstimatedDeliveryDate,
        ActualShipDate = shipment.ActualShipDate,
        ActualDeliveryDate = shipment.ActualDeliveryDate,
        Overdue = shipment.Overdue ? 1 : 0,
        Carrier = shipment.Carrier,
        TrackingNumber = shipment.TrackingNumber,
        PermitId = shipment.PermitId,
        AttemptId = shipment.AttemptId,
        ScreeningNumber = shipment.ScreeningNumber,
        Standing = shipment.Standing is { } standing ? StateNames.Of(standing) : null,
        DecisionId = shipment.DecisionId,
        Reasons = JsonSerializer.Serialize(shipment.Reasons, Json),
        CreatedAt = shipment.CreateTime,
        UpdatedAt = shipment.UpdateTime,
    };

    public Shipment ToShipment(IReadOnlyList<DateChange> dateHistory, IReadOnlyList<Milestone> milestones) => new()
    {
        Id = Id,
        Sequence = Sequence,
        Revision = Revision,
        State = StateNames.Parse(State),
        OrderId = Guid.ParseExact(OrderName.AsSpan(OrderName.IndexOf('/', StringComparison.Ordinal) + 1), "D"),
        LineNumber = (int)LineNumber,
        OrderRevision = OrderRevision,
        Item = JsonSerializer.Deserialize<ItemReference>(Item, Json)!,
        Quantity = Quantity,
        UnitPrice = new MoneyAmount(CurrencyCode, UnitPriceMinorUnits),
        Terms = new ShipmentTerms(
            Exporter,
            JsonSerializer.Deserialize<PartyFacts[]>(Parties, Json)!,
            DestinationCountry,
            PlaceOfExportCountry,
            PlaceOfExportTimeZone,
            Movement),
        RequestedShipDate = RequestedShipDate,
        PlannedShipDate = PlannedShipDate,
        PromisedDeliveryDate = PromisedDeliveryDate,
        EstimatedDeliveryDate = EstimatedDeliveryDate,
        ActualShipDate = ActualShipDate,
        ActualDeliveryDate = ActualDeliveryDate,
        Overdue = Overdue != 0,
        Carrier = Carrier,
        TrackingNumber = TrackingNumber,
        PermitId = PermitId,
        PermitRevoked = PermitRevoked != 0,
        AttemptId = AttemptId,
        ScreeningNumber = ScreeningNumber,
        Standing = Standing is null ? null : StateNames.Parse(Standing),
        DecisionId = DecisionId,
        Reasons = JsonSerializer.Deserialize<string[]>(Reasons, Json)!,
        CreateTime = CreatedAt,
        UpdateTime = UpdatedAt,
        DateHistory = dateHistory,
        Milestones = milestones,
    };
}
