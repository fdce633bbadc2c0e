using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>A shipment as reports about many of them read it: facts still as they are stored.</summary>
internal sealed class GoodsRow
{
    public long Seq { get; init; }

    public Guid ShipmentId { get; init; }

    public Guid OrderId { get; init; }

    public string Phase { get; init; } = "";

    public string Facts { get; init; } = "";

    public DateOnly? DepartedDate { get; init; }

    public string Standing { get; init; } = "";

    /// <summary>The day its permit is for, where it has one and has not departed.</summary>
    public DateOnly? PermitDate { get; set; }

    public bool IsOpen => Phase is Open or Permitted;

    public const string Open = "OPEN";
    public const string Permitted = "PERMITTED";
    public const string Departed = "DEPARTED";
}

/// <summary>Reads shipments in batches, in order of their rows, so that a stop in the middle goes on behind the last one.</summary>
internal static class OpenGoods
{
    /// <summary>Shipments of a batch: their rows are written in one transaction, which callers wait behind.</summary>
    public const int BatchMax = 2_000;

    public static readonly IReadOnlyList<string> NotDeparted = [GoodsRow.Open, GoodsRow.Permitted];

    private const string SelectSql = """
        select seq as Seq, shipment_id as ShipmentId, order_id as OrderId, phase as Phase, facts as Facts, departed_date as DepartedDate,
            standing as Standing
        from shipments where phase in @phases and seq > @after and seq <= @last
        order by seq
        """;

    private const string PermitsSql = """
        select shipment as Shipment, ship_date as ShipDate from permits where state = 'GRANTED' and shipment in @shipments
        """;

    public static async Task<IReadOnlyList<GoodsRow>> Batch(Tx tx, IReadOnlyList<string> phases, long after, long last)
    {
        var rows = await tx.Query<GoodsRow>($"{SelectSql} {tx.Dialect.Page()}", new { phases, after, last, take = BatchMax });
        await AddPermitDates(tx, [.. rows.Where(row => row.Phase == GoodsRow.Permitted)]);
        return rows;
    }

    /// <summary>How many there are, and the last of them: what comes later is not looked at.</summary>
    public static async Task<(long Count, long Last)> Extent(Tx tx, IReadOnlyList<string> phases) => (
        await tx.Scalar<long>("select count(*) from shipments where phase in @phases", new { phases }),
        await tx.Scalar<long>("select coalesce(max(seq), 0) from shipments"));

    private static async Task AddPermitDates(Tx tx, List<GoodsRow> permitted)
    {
        if (permitted.Count == 0)
            return;
        var dates = (await tx.Query<PermitDay>(PermitsSql, new { shipments = permitted.Select(row => Names.Shipment(row.ShipmentId)) }))
            .ToDictionary(day => day.Shipment, day => day.ShipDate, StringComparer.Ordinal);
        foreach (var row in permitted)
            row.PermitDate = dates.TryGetValue(Names.Shipment(row.ShipmentId), out var date) ? date : null;
    }

    private sealed class PermitDay
    {
        public string Shipment { get; init; } = "";

        public DateOnly ShipDate { get; init; }
    }
}

/// <summary>The days shipments are decided for, seen from one instant.</summary>
internal sealed class ShipDays(DateTimeOffset now)
{
    private readonly Dictionary<string, DateOnly> todays = new(StringComparer.Ordinal);

    public DateOnly Of(DateOnly planned, string timeZone)
    {
        if (!todays.TryGetValue(timeZone, out var today))
            todays.Add(timeZone, today = ShipDates.DateOf(now, timeZone));
        return ShipDates.Effective(planned, today);
    }
}
