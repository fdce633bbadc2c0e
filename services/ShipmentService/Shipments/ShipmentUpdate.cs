using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>
/// Changes a shipment's row. An engine writes an index anew for every column a statement names, whether or not its value is another, and lists
/// need an index for nearly every column: so what only moves a shipment along names nothing else.
/// </summary>
internal static class ShipmentUpdate
{
    private const string Moved = """
        sequence = @Sequence, state = @State, overdue = @Overdue, permit_id = @PermitId, attempt_id = @AttemptId,
            screening_number = @ScreeningNumber, standing = @Standing, decision_id = @DecisionId, reasons = @Reasons, updated_at = @UpdatedAt
        """;

    private const string One = "where id = @Id and sequence = @Sequence - 1";

    private const string Move = $"""
        update shipments
        set {Moved}
        {One}
        """;

    private const string HandOver = $"""
        update shipments
        set {Moved}, carrier = @Carrier, tracking_number = @TrackingNumber
        {One}
        """;

    private const string Whole = $"""
        update shipments
        set {Moved}, carrier = @Carrier, tracking_number = @TrackingNumber, revision = @Revision, order_revision = @OrderRevision,
            part_number = @PartNumber, item = @Item, quantity = @Quantity, unit_price_minor_units = @UnitPriceMinorUnits,
            currency_code = @CurrencyCode, exporter = @Exporter, parties = @Parties, destination_country = @DestinationCountry,
            place_of_export_country = @PlaceOfExportCountry, place_of_export_time_zone = @PlaceOfExportTimeZone, movement = @Movement,
            requested_ship_date = @RequestedShipDate, planned_ship_date = @PlannedShipDate, promised_delivery_date = @PromisedDeliveryDate,
            estimated_delivery_date = @EstimatedDeliveryDate, actual_ship_date = @ActualShipDate, actual_delivery_date = @ActualDeliveryDate
        {One}
        """;

    /// <returns>1; 0 where the row is not as it was before.</returns>
    public static Task<int> Run(Tx tx, Shipment before, Shipment after)
    {
        if (!OnlyMoves(before, after))
            return tx.Execute(Whole, ShipmentRow.Of(after));
        var isHandedOver = before.Carrier != after.Carrier || before.TrackingNumber != after.TrackingNumber;
        return tx.Execute(isHandedOver ? HandOver : Move, MovedOf(after));
    }

    private static object MovedOf(Shipment after) => new
    {
        after.Id,
        after.Sequence,
        State = StateNames.Of(after.State),
        Overdue = after.Overdue ? 1 : 0,
        after.PermitId,
        after.AttemptId,
        after.ScreeningNumber,
        Standing = after.Standing is { } standing ? StateNames.Of(standing) : null,
        after.DecisionId,
        Reasons = JsonSerializer.Serialize(after.Reasons, ShipmentRow.Json),
        UpdatedAt = after.UpdateTime,
        after.Carrier,
        after.TrackingNumber,
    };

    // Whatever else a shipment has, or will have one day, makes the two unequal.
    private static bool OnlyMoves(Shipment before, Shipment after) => after == before with
    {
        Sequence = after.Sequence,
        State = after.State,
        Overdue = after.Overdue,
        PermitId = after.PermitId,
        PermitRevoked = after.PermitRevoked,
        AttemptId = after.AttemptId,
        ScreeningNumber = after.ScreeningNumber,
        Standing = after.Standing,
        DecisionId = after.DecisionId,
        Reasons = after.Reasons,
        UpdateTime = after.UpdateTime,
        Carrier = after.Carrier,
        TrackingNumber = after.TrackingNumber,
    };
}
