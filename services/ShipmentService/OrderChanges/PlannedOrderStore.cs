using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.OrderChanges;

/// <summary>Planned orders in their tables.</summary>
internal static class PlannedOrderStore
{
    private const string Select = $"""
        select revision as {nameof(OrderRow.Revision)}, cancelled as {nameof(OrderRow.Cancelled)}, digest as {nameof(OrderRow.Digest)}
        from planned_orders
        where order_name = @orderName
        """;

    private const string SelectLines = $"""
        select number as {nameof(LineRow.Number)}, quantity as {nameof(LineRow.Quantity)}
        from planned_order_lines
        where order_name = @orderName
        """;

    private const string Update = """
        update planned_orders
        set revision = @Revision, cancelled = @Cancelled, digest = @Digest
        where order_name = @OrderName
        """;

    private const string Insert = """
        insert into planned_orders (order_name, revision, cancelled, digest)
        values (@OrderName, @Revision, @Cancelled, @Digest)
        """;

    private const string DeleteLines = "delete from planned_order_lines where order_name = @OrderName";

    private const string InsertLine = """
        insert into planned_order_lines (order_name, number, quantity)
        values (@OrderName, @Number, @Quantity)
        """;

    /// <summary>What was taken of an order; null if nothing was.</summary>
    public static async Task<PlannedOrder?> Find(Tx tx, Guid orderId)
    {
        var parameters = new { orderName = WireName.Of("orders", orderId) };
        if (await tx.QueryFirstOrDefault<OrderRow>(Select, parameters) is not { } row)
            return null;
        var lines = await tx.Query<LineRow>(SelectLines, parameters);
        return new PlannedOrder(
            orderId, row.Revision, row.Cancelled != 0, row.Digest, lines.ToDictionary(line => (int)line.Number, line => line.Quantity));
    }

    /// <param name="known">What the transaction has found of the order; null: nothing.</param>
    public static async Task Save(Tx tx, PlannedOrder? known, PlannedOrder order)
    {
        var row = new OrderRow
        {
            OrderName = WireName.Of("orders", order.OrderId),
            Revision = order.Revision,
            Cancelled = order.Cancelled ? 1 : 0,
            Digest = order.Digest,
        };
        await tx.Execute(known is null ? Insert : Update, row);
        if (known is { Quantities.Count: > 0 })
            await tx.Execute(DeleteLines, row);
        foreach (var (number, quantity) in order.Quantities)
            await tx.Execute(InsertLine, new { row.OrderName, Number = number, Quantity = quantity });
    }

    private sealed class OrderRow
    {
        public string OrderName { get; init; } = "";

        public long Revision { get; init; }

        public long Cancelled { get; init; }

        public string Digest { get; init; } = "";
    }

    private sealed class LineRow
    {
        public long Number { get; init; }

        public long Quantity { get; init; }
    }
}
