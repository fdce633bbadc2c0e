using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.OrderService.Stuck;

/// <summary>Finds what is overdue in the tables of orders.</summary>
internal static class StuckOrderStore
{
    // Of each step; so many stuck orders have one cause, which the first of them tell.
    private const int RowsMax = 10_000;

    private const string Open = "('PLANNED', 'HELD', 'BLOCKED', 'READY', 'DISPATCHING')";

    private const string SelectUnplanned = """
        select o.seq as Seq, o.id as OrderId, o.state as State, r.recorded_at as Since
        from orders o
        join order_revisions r on r.order_id = o.id and r.revision = o.revision
        where o.state in ('PLACED', 'PARTLY_HELD', 'HELD', 'READY', 'PARTLY_SHIPPED') and o.cancelled = 0 and r.recorded_at <= @before
            and o.line_count > (select count(distinct s.line_number) from order_shipments s where s.order_id = o.id and s.sequence > 0)
        order by r.recorded_at, o.seq
        """;

    private const string SelectShipments = """
        select o.seq as Seq, o.id as OrderId, o.state as State, s.shipment_id as ShipmentId, s.sequence as Sequence, s.standing as Standing,
            s.planned_ship_date as ShipDate, coalesce(s.changed_at, o.updated_at) as Since
        from order_shipments s
        join orders o on o.id = s.order_id
        """;

    private const string SelectUnscreened = $"""
        {SelectShipments}
        where s.snapshot_state in {Open} and o.cancelled = 0 and coalesce(s.changed_at, o.updated_at) <= @before
            and (s.sequence = 0 or s.screening_number = 0 or s.screened_revision < s.revision)
        order by coalesce(s.changed_at, o.updated_at), o.seq, s.shipment_id
        """;

    private const string SelectNotDispatched = $"""
        {SelectShipments}
        where s.snapshot_state in {Open} and o.cancelled = 0 and s.sequence > 0 and s.screened_revision >= s.revision
            and s.standing in ('READY', 'HELD') and s.planned_ship_date <= @lastDate
        order by s.planned_ship_date, o.seq, s.shipment_id
        """;

    private const string SelectNotCancelled = $"""
        select o.seq as Seq, o.id as OrderId, o.state as State, s.shipment_id as ShipmentId, r.recorded_at as Since
        from order_shipments s
        join orders o on o.id = s.order_id
        join order_revisions r on r.order_id = o.id and r.revision = o.revision
        where s.snapshot_state in {Open} and s.sequence > 0 and o.cancelled = 1 and r.recorded_at <= @before
        order by r.recorded_at, o.seq, s.shipment_id
        """;

    private const string SelectUnanswered = """
        select o.seq as Seq, o.id as OrderId, o.state as State, c.created_at as Since
        from order_changes_pending c
        join orders o on o.id = c.order_id
        where c.created_at <= @before
        order by c.created_at, o.seq
        """;

    /// <summary>Every stuck order, once, with the step it has waited for longest.</summary>
    public static async Task<IReadOnlyList<OverdueStep>> Find(Tx tx, OrderStuckOptions allowed, DateTimeOffset now)
    {
        var steps = new List<OverdueStep>();
        steps.AddRange(await Read(tx, SelectUnplanned, now, MissingSteps.Planned, allowed.Planned));
        steps.AddRange(await Read(tx, SelectUnscreened, now, MissingSteps.Screened, allowed.Screened));
        steps.AddRange(await Read(tx, SelectNotCancelled, now, MissingSteps.Cancelled, allowed.Cancelled));
        steps.AddRange(await Read(tx, SelectUnanswered, now, MissingSteps.ChangeAnswered, allowed.ChangeAnswered));
        steps.AddRange(await NotDispatched(tx, now, allowed.Dispatched));
        return OverdueStep.OneAnOrder(steps);
    }

    /// <summary>The trace of the last thing recorded about an order; null where there was none.</summary>
    public static Task<string?> LastTrace(Tx tx, Guid orderId) => tx.QueryFirstOrDefault<string>(
        $"select trace_id from timeline_entries where order_id = @orderId and trace_id is not null order by number desc {tx.Dialect.Page()}",
        new { orderId, take = 1 });

    private static async Task<IEnumerable<OverdueStep>> Read(Tx tx, string select, DateTimeOffset now, string step, TimeSpan allowed)
    {
        var rows = await tx.Query<Row>($"{select} {tx.Dialect.Page()}", new { before = now - allowed, take = RowsMax });
        return rows.Select(row => row.ToStep(row.IsUnheardOf ? MissingSteps.Planned : step, row.Since, allowed));
    }

    // A day is over everywhere half a day after it is in UTC; the default allows a whole one.
    private static async Task<IEnumerable<OverdueStep>> NotDispatched(Tx tx, DateTimeOffset now, TimeSpan allowed)
    {
        var lastDate = DateOnly.FromDateTime((now - allowed).UtcDateTime).AddDays(-1);
        var rows = await tx.Query<Row>($"{SelectNotDispatched} {tx.Dialect.Page()}", new { lastDate, take = RowsMax });
        return rows.Select(row => row.ToStep(MissingSteps.Dispatched, EndOf(row.ShipDate!.Value), allowed));
    }

    private static DateTimeOffset EndOf(DateOnly date) => new(date.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    private sealed class Row
    {
        public long Seq { get; init; }

        public Guid OrderId { get; init; }

        public string State { get; init; } = "";

        public Guid? ShipmentId { get; init; }

        public long? Sequence { get; init; }

        public string? Standing { get; init; }

        public DateOnly? ShipDate { get; init; }

        public DateTimeOffset Since { get; init; }

        // Compliance has told of a shipment of which the shipment service has not.
        public bool IsUnheardOf => Sequence == 0;

        public OverdueStep ToStep(string step, DateTimeOffset since, TimeSpan allowed) =>
            new(Seq, OrderId, State, step, ShipmentId, Standing ?? "", since, allowed);
    }
}
