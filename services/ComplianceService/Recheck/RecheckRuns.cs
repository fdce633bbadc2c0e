using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>
/// One look at every open shipment after a publication, as far as it came. Shipments that nothing changed for are not written to: the run says
/// that they were looked at.
/// </summary>
internal sealed record RecheckRun
{
    /// <summary>Of the rules and the catalogue shipments were decided with.</summary>
    public long Version { get; init; }

    /// <summary>What a finding says beside its rule's amendment and the shipment's facts follows from.</summary>
    public string Basis { get; init; } = "";

    /// <summary>Up to here every shipment was looked at.</summary>
    public long DoneSeq { get; init; }

    /// <summary>Open shipments looked at.</summary>
    public long Shipments { get; init; }

    /// <summary>Those of them that were decided again in a transaction.</summary>
    public long Changed { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Catalogues only grow, so one that is the same at two times was so between them.</summary>
    public static string BasisOf(KnowledgeHead head, DateTimeOffset now)
    {
        var known = head.KnownNow(now);
        return $"{DecisionEngine.Version} {head.Catalogue.Digest(known)} {head.Rules.At(known).GroupsDigest}";
    }
}

/// <summary>Runs as rows.</summary>
internal static class RecheckRuns
{
    private const string Columns = """
        version as Version, basis as Basis, done_seq as DoneSeq, shipments as Shipments, changed as Changed, started_at as StartedAt,
        ended_at as EndedAt
        """;

    private const string FindSql = $"select {Columns} from recheck_runs where version = @version";

    private const string EndedSql = $"select {Columns} from recheck_runs where ended_at is not null order by version desc";

    private const string InsertSql = """
        insert into recheck_runs (version, basis, done_seq, shipments, changed, started_at, ended_at)
        values (@Version, @Basis, @DoneSeq, @Shipments, @Changed, @StartedAt, @EndedAt)
        """;

    private const string UpdateSql = """
        update recheck_runs set done_seq = @DoneSeq, shipments = @Shipments, changed = @Changed, ended_at = @EndedAt where version = @Version
        """;

    public static Task<RecheckRun?> Find(Tx tx, long version) => tx.QueryFirstOrDefault<RecheckRun>(FindSql, new { version });

    /// <summary>The newest one that came to its end.</summary>
    public static Task<RecheckRun?> LastEnded(Tx tx) => tx.QueryFirstOrDefault<RecheckRun>($"{EndedSql} {tx.Dialect.Page()}", new { take = 1 });

    /// <summary>Up to which shipment all were looked at with a version, whatever their rows know; 0: the rows tell.</summary>
    public static async Task<long> Covered(Tx tx, long version) => (await Find(tx, version))?.DoneSeq ?? 0;

    public static Task Insert(Tx tx, RecheckRun run) => tx.Execute(InsertSql, run);

    public static Task Update(Tx tx, RecheckRun run) => tx.Execute(UpdateSql, run);
}
