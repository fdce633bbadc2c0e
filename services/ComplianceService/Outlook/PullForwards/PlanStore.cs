using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Outlook.PullForwards;

/// <summary>Plans of consignees as rows: what came to a day and what went from it.</summary>
internal static class PlanStore
{
    private const string InsertSql = """
        insert into plan_changes (consignee_key, shipment_id, ship_date, units, original, recorded_at)
        values (@ConsigneeKey, @ShipmentId, @ShipDate, @Units, @Original, @RecordedAt)
        """;

    private const string OfShipmentSql = """
        select consignee_key as ConsigneeKey, ship_date as ShipDate, sum(units) as Units
        from plan_changes where shipment_id = @shipmentId group by consignee_key, ship_date
        """;

    private const string LossesSql = """
        select max(ship_date) as LastDate, coalesce(sum(-units), 0) as Units
        from plan_changes where consignee_key = @key and recorded_at > @since and units < 0
        """;

    private const string SinceSql = """
        select shipment_id as ShipmentId, ship_date as ShipDate, sum(case when original = 1 then units else 0 end) as Original,
            sum(case when original = 0 then units else 0 end) as Moved
        from plan_changes where consignee_key = @key and recorded_at > @since
        group by shipment_id, ship_date
        """;

    private const string UsualSql = """
        select min(p.ship_date) as FirstDate, coalesce(sum(p.units), 0) as Units
        from plan_changes p join shipments s on s.shipment_id = p.shipment_id
        where p.consignee_key = @key and p.original = 1 and p.ship_date >= @from and p.ship_date < @today and s.phase = 'DEPARTED'
        """;

    private const string HeldSql = "select count(*) from holds where shipment = @shipment and reason = @reason and state <> 'VOIDED'";

    private const string InsertPulledSql = """
        insert into pull_forwards (pull_forward_id, consignee_key, consignee_name, consignee_country, shipment_id, former_date, new_date,
            units, window_days, window_units, usual_units, limit_units, created_at)
        values (@Id, @Key, @Name, @Country, @ShipmentId, @FormerDate, @NewDate, @Units, @WindowDays, @Pulled, @Usual, @Limit, @now)
        """;

    public static Task Insert(Tx tx, PlanChange change) => tx.Execute(InsertSql, change);

    /// <summary>Where a shipment's units stand in the plans, as recorded. No row at all: never recorded.</summary>
    public static Task<IReadOnlyList<PlanPlace>> OfShipment(Tx tx, Guid shipmentId) => tx.Query<PlanPlace>(OfShipmentSql, new { shipmentId });

    /// <summary>The units the days of a plan have lost, and the last of those days.</summary>
    public static async Task<(long Units, DateOnly? LastDate)> Losses(Tx tx, string key, DateTimeOffset since)
    {
        var row = await tx.QueryFirstOrDefault<LossRow>(LossesSql, new { key, since });
        return (row?.Units ?? 0, row?.LastDate);
    }

    public static async Task<IReadOnlyList<PlanDay>> Since(Tx tx, string key, DateTimeOffset since) =>
        [.. (await tx.Query<DayRow>(SinceSql, new { key, since })).Select(row => new PlanDay(row.ShipmentId, row.ShipDate, row.Original, row.Moved))];

    /// <summary>Units that have left, by the days they were first planned for, and the first of those days.</summary>
    public static async Task<(long Units, DateOnly? FirstDate)> Usual(Tx tx, string key, DateOnly from, DateOnly today)
    {
        var row = await tx.QueryFirstOrDefault<UsualRow>(UsualSql, new { key, from, today });
        return (row?.Units ?? 0, row?.FirstDate);
    }

    /// <summary>Whether a hold of this reason stands or was settled.</summary>
    public static async Task<bool> IsHeld(Tx tx, Guid shipmentId, string reason) =>
        await tx.Scalar<long>(HeldSql, new { shipment = Names.Shipment(shipmentId), reason }) > 0;

    public static Task Insert(Tx tx, Consignee consignee, PulledUnits pulled, PullForwardMeasure measure, DateTimeOffset now) => tx.Execute(
        InsertPulledSql,
        new
        {
            Id = Guid.CreateVersion7(now),
            consignee.Key,
            consignee.Name,
            consignee.Country,
            pulled.ShipmentId,
            pulled.FormerDate,
            pulled.NewDate,
            pulled.Units,
            measure.Options.WindowDays,
            measure.Pulled,
            measure.Usual,
            measure.Limit,
            now,
        });

    private sealed class LossRow
    {
        public DateOnly? LastDate { get; init; }

        public long Units { get; init; }
    }

    private sealed class DayRow
    {
        public Guid ShipmentId { get; init; }

        public DateOnly ShipDate { get; init; }

        public long Original { get; init; }

        public long Moved { get; init; }
    }

    private sealed class UsualRow
    {
        public DateOnly? FirstDate { get; init; }

        public long Units { get; init; }
    }
}

/// <summary>Units of a shipment in a consignee's plan for a day.</summary>
internal sealed class PlanPlace
{
    public string ConsigneeKey { get; init; } = "";

    public DateOnly ShipDate { get; init; }

    public long Units { get; init; }
}

/// <summary>One change of a plan.</summary>
/// <param name="Original">1 where it is the shipment's first plan, else 0.</param>
internal sealed record PlanChange(string ConsigneeKey, Guid ShipmentId, DateOnly ShipDate, long Units, long Original, DateTimeOffset RecordedAt);
