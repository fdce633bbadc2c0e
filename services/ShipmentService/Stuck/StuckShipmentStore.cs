using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ShipmentService.Stuck;

/// <summary>Finds what is overdue in the tables of shipments.</summary>
internal static class StuckShipmentStore
{
    // Of each step; so many stuck shipments have one cause, which the first of them tell.
    private const int RowsMax = 10_000;

    private const string SelectSince = """
        select s.seq as Seq, s.id as ShipmentId, s.order_name as OrderName, s.state as State, s.updated_at as Since
        from shipments s
        where s.state = @state and s.updated_at <= @before
        order by s.updated_at, s.seq
        """;

    private const string SelectUnanswered = """
        select s.seq as Seq, s.id as ShipmentId, s.order_name as OrderName, s.state as State, a.opened_at as Since
        from dispatch_attempts a
        join shipments s on s.id = a.shipment_id
        where a.state = 'OPEN' and a.opened_at <= @before
        order by a.opened_at, s.seq
        """;

    private const string SelectNotDispatched = """
        select s.seq as Seq, s.id as ShipmentId, s.order_name as OrderName, s.state as State, s.planned_ship_date as Day
        from shipments s
        where s.state in ('READY', 'HELD') and s.planned_ship_date <= @lastDate
        order by s.planned_ship_date, s.seq
        """;

    // Until its departure is reported, it left on the day its permit was for.
    private const string SelectNotDelivered = """
        select s.seq as Seq, s.id as ShipmentId, s.order_name as OrderName, s.state as State, coalesce(s.actual_ship_date, s.planned_ship_date) as Day
        from shipments s
        where s.state in ('DISPATCHED', 'IN_TRANSIT') and coalesce(s.actual_ship_date, s.planned_ship_date) <= @lastDate
        order by coalesce(s.actual_ship_date, s.planned_ship_date), s.seq
        """;

    private const string SelectTrace = """
        select trace_id from shipment_changes where shipment_id = @shipmentId and trace_id is not null order by sequence desc
        """;

    /// <summary>Every stuck shipment with the step it waits for.</summary>
    public static async Task<IReadOnlyList<OverdueStep>> Find(Tx tx, ShipmentStuckOptions allowed, DateTimeOffset now)
    {
        var since = async (string select, string state, string step, TimeSpan span) =>
            (await tx.Query<Row>($"{select} {tx.Dialect.Page()}", new { state, before = now - span, take = RowsMax }))
                .Select(row => row.ToStep(step, row.Since, span));
        var day = async (string select, string step, TimeSpan span) =>
            (await tx.Query<Row>($"{select} {tx.Dialect.Page()}", new { lastDate = LastDate(now - span), take = RowsMax }))
                .Select(row => row.ToStep(step, EndOf(row.Day!.Value), span));
        return
        [
            .. await since(SelectSince, "PLANNED", MissingSteps.Screened, allowed.Screened),
            .. await since(SelectUnanswered, "OPEN", MissingSteps.DispatchAnswered, allowed.DispatchAnswered),
            .. await day(SelectNotDispatched, MissingSteps.Dispatched, allowed.Dispatched),
            .. await day(SelectNotDelivered, MissingSteps.Delivered, allowed.Delivered),
            .. await since(SelectSince, "RECALLED", MissingSteps.Returned, allowed.Returned),
        ];
    }

    /// <summary>The trace of the last change of a shipment; null where there was none.</summary>
    public static Task<string?> LastTrace(Tx tx, Guid shipmentId) =>
        tx.QueryFirstOrDefault<string>($"{SelectTrace} {tx.Dialect.Page()}", new { shipmentId, take = 1 });

    // A day is over everywhere half a day after it is in UTC; the defaults allow a whole one.
    private static DateOnly LastDate(DateTimeOffset before) => DateOnly.FromDateTime(before.UtcDateTime).AddDays(-1);

    private static DateTimeOffset EndOf(DateOnly date) => new(date.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    private sealed class Row
    {
        public long Seq { get; init; }

        public Guid ShipmentId { get; init; }

        public string OrderName { get; init; } = "";

        public string State { get; init; } = "";

        public DateOnly? Day { get; init; }

        public DateTimeOffset Since { get; init; }

        public OverdueStep ToStep(string step, DateTimeOffset since, TimeSpan allowed) =>
            new(Seq, ShipmentId, OrderName, State, step, since, allowed);
    }
}
