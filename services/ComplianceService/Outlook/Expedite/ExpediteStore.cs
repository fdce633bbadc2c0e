using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Recheck;

namespace OrderTracking.ComplianceService.Outlook.Expedite;

/// <summary>Finds what may be worth a look: open, not cleared on its planned day, and stopped by nothing but rules.</summary>
internal static class ExpediteStore
{
    private const string HeldSql = """
        select seq as Seq, shipment_id as ShipmentId, order_id as OrderId, facts as Facts
        from shipments
        where phase = 'OPEN' and outcome in ('HELD', 'BLOCKED') and standing <> 'READY' and overdue = 0
            and (@part is null or part_number = @part) and (@order is null or order_id = @order) and seq > @after
        order by seq
        """;

    // A rule says of one day only that goods may not leave; every other hold says it of all days.
    private const string StoppedSql = """
        select distinct shipment from holds where state in ('OPEN', 'RELEASE_PROPOSED') and origin <> 'FINDING'
        """;

    private const string BehindSql = "select count(*) from shipments where phase = 'OPEN' and known_version < @version and seq > @covered";

    public static Task<IReadOnlyList<ExpediteRow>> Held(Tx tx, string? part, Guid? order, long after, int take) =>
        tx.Query<ExpediteRow>($"{HeldSql} {tx.Dialect.Page()}", new { part, order, after, take });

    /// <summary>The names of the shipments that something else than a finding holds.</summary>
    public static async Task<IReadOnlySet<string>> Stopped(Tx tx) => (await tx.Query<string>(StoppedSql)).ToHashSet(StringComparer.Ordinal);

    public static async Task<long> Behind(Tx tx, long version) =>
        await tx.Scalar<long>(BehindSql, new { version, covered = await RecheckRuns.Covered(tx, version) });
}

/// <summary>A shipment that is not cleared on its planned day.</summary>
internal sealed class ExpediteRow
{
    public long Seq { get; init; }

    public Guid ShipmentId { get; init; }

    public Guid OrderId { get; init; }

    public string Facts { get; init; } = "";
}
