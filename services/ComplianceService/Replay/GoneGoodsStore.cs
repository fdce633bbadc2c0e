using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.ComplianceService.Shipments;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>Reads the goods that have left, and keeps the rows of a look back.</summary>
internal static class GoneGoodsStore
{
    // Goods that came back had left all the same.
    private const string Gone = "(phase in ('PERMITTED', 'DEPARTED') or (phase = 'CLOSED' and departed_date is not null))";

    private const string SelectDecision = """
        select body from decisions
        where shipment = @shipment and occasion in ('DISPATCH', 'DEPARTURE') and ship_date = @day
        order by number desc
        """;

    private const string Insert = "insert into look_back_rows (operation, shipment_id, body) values (@operation, @shipment, @body)";

    /// <summary>The seq of the last of them, and how many there are.</summary>
    public static async Task<(long Last, long Count)> Bounds(Tx tx)
    {
        var row = await tx.QueryFirstOrDefault<BoundsRow>(
            $"select coalesce(max(seq), 0) as Last, count(*) as Count from shipments where {Gone}");
        return (row!.Last, row.Count);
    }

    public static Task<IReadOnlyList<DueShipment>> Batch(Tx tx, long after, long last, int take) => tx.Query<DueShipment>(
        $"""
        select seq as Seq, shipment_id as ShipmentId from shipments
        where {Gone} and seq > @after and seq <= @last order by seq {tx.Dialect.Page()}
        """,
        new { after, last, take });

    /// <summary>Null where the shipment has not left after all.</summary>
    public static async Task<GoneGoods?> Find(Tx tx, Guid id)
    {
        if (await ShipmentStore.Find(tx, id) is not { } shipment)
            return null;
        var permit = await PermitStore.Newest(tx, id);
        if ((shipment.DepartedDate ?? permit?.ShipDate) is not { } day)
            return null;
        var permitted = permit is null ? null : await DecisionStore.Find(tx, permit.DecisionId);
        var then = await tx.QueryFirstOrDefault<byte[]>(
            $"{SelectDecision} {tx.Dialect.Page()}", new { shipment = Names.Shipment(id), day, take = 1 });
        return new GoneGoods(
            shipment,
            day,
            permit,
            then is null ? permitted : V1.Decision.Parser.ParseFrom(then),
            permit?.ShipDate == day ? permitted : null,
            await Drawn(tx, id, permit));
    }

    public static Task Add(Tx tx, string operation, Guid shipment, V1.LookBackRow row) =>
        tx.Execute(Insert, new { operation, shipment, body = row.ToByteArray() });

    private static async Task<IReadOnlyList<Licence>> Drawn(Tx tx, Guid shipment, Permit? permit)
    {
        var drawn = new List<Licence>();
        foreach (var id in permit?.LicenceIds ?? [])
            if (await LicenceStore.FindUse(tx, id, shipment) is not null && await LicenceStore.Find(tx, id) is { } licence)
                drawn.Add(licence);
        return drawn;
    }

    private sealed class BoundsRow
    {
        public long Last { get; init; }

        public long Count { get; init; }
    }
}
