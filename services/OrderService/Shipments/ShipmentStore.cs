using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.OrderService.Orders;

namespace OrderTracking.OrderService.Shipments;

/// <summary>Views of shipments in the database.</summary>
internal static class ShipmentStore
{
    private const string Select = """
        select shipment_id as ShipmentId, order_id as OrderId, sequence as Sequence, revision as Revision, line_number as LineNumber,
            quantity as Quantity, snapshot_state as SnapshotState, planned_ship_date as PlannedShipDate,
            screening_number as ScreeningNumber, screened_revision as ScreenedRevision, standing as Standing, reasons as Reasons,
            changed_at as ChangedAt
        from order_shipments
        """;

    private const string Update = """
        update order_shipments
        set sequence = @Sequence, revision = @Revision, line_number = @LineNumber, quantity = @Quantity,
            snapshot_state = @SnapshotState, planned_ship_date = @PlannedShipDate, screening_number = @ScreeningNumber,
            screened_revision = @ScreenedRevision, standing = @Standing, reasons = @Reasons, changed_at = @ChangedAt
        where shipment_id = @ShipmentId
        """;

    private const string Insert = """
        insert into order_shipments
            (shipment_id, order_id, sequence, revision, line_number, quantity, snapshot_state, planned_ship_date, screening_number,
             screened_revision, standing, reasons, changed_at)
        values (@ShipmentId, @OrderId, @Sequence, @Revision, @LineNumber, @Quantity, @SnapshotState, @PlannedShipDate, @ScreeningNumber,
             @ScreenedRevision, @Standing, @Reasons, @ChangedAt)
        """;

    /// <summary>All views of one order's shipments, by line and then by identifier.</summary>
    public static async Task<IReadOnlyList<ShipmentView>> OfOrder(Tx tx, Guid orderId) =>
        InOrder(await tx.Query<Row>($"{Select} where order_id = @orderId", new { orderId }));

    /// <summary>All views of several orders' shipments.</summary>
    public static async Task<ILookup<Guid, ShipmentView>> OfOrders(Tx tx, IReadOnlyList<Guid> orderIds)
    {
        if (orderIds.Count == 0)
            return InOrder([]).ToLookup(view => view.OrderId);
        // Guids in a list are written by Dapper itself, past the handler that stores them in lower case.
        var ids = orderIds.Select(id => id.ToString("D"));
        return InOrder(await tx.Query<Row>($"{Select} where order_id in @ids", new { ids })).ToLookup(view => view.OrderId);
    }

    /// <summary>Stores a view.</summary>
    /// <param name="isNew">The transaction has seen that there is none of the shipment yet.</param>
    public static Task Save(Tx tx, ShipmentView view, bool isNew) => tx.Execute(isNew ? Insert : Update, Row.Of(view));

    private static IReadOnlyList<ShipmentView> InOrder(IReadOnlyList<Row> rows) =>
        [.. rows.Select(row => row.ToView()).OrderBy(view => view.LineNumber).ThenBy(view => view.ShipmentId)];

    private sealed class Row
    {
        public Guid ShipmentId { get; init; }

        public Guid OrderId { get; init; }

        public long Sequence { get; init; }

        public long Revision { get; init; }

        public long LineNumber { get; init; }

        public long Quantity { get; init; }

        public string SnapshotState { get; init; } = "";

        public DateOnly? PlannedShipDate { get; init; }

        public long ScreeningNumber { get; init; }

        public long ScreenedRevision { get; init; }

        public string Standing { get; init; } = "";

        public string Reasons { get; init; } = "[]";

        public DateTimeOffset? ChangedAt { get; init; }

        public static Row Of(ShipmentView view) => new()
        {
            ShipmentId = view.ShipmentId,
            OrderId = view.OrderId,
            Sequence = view.Sequence,
            Revision = view.Revision,
            LineNumber = view.LineNumber,
            Quantity = view.Quantity,
            SnapshotState = view.SnapshotState,
            PlannedShipDate = view.PlannedShipDate,
            ScreeningNumber = view.ScreeningNumber,
            ScreenedRevision = view.ScreenedRevision,
            Standing = view.Standing,
            Reasons = JsonSerializer.Serialize(view.ScreeningReasons, OrderStore.Json),
            ChangedAt = view.ChangedAt,
        };

        public ShipmentView ToView() => new(ShipmentId, OrderId)
        {
            Sequence = Sequence,
            Revision = Revision,
            LineNumber = (int)LineNumber,
            Quantity = Quantity,
            SnapshotState = SnapshotState,
            PlannedShipDate = PlannedShipDate,
            ScreeningNumber = ScreeningNumber,
            ScreenedRevision = ScreenedRevision,
            Standing = Standing,
            ScreeningReasons = JsonSerializer.Deserialize<string[]>(Reasons, OrderStore.Json) ?? [],
            ChangedAt = ChangedAt,
        };
    }
}
