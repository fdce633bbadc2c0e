using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>Releases as rows.</summary>
internal static class ReleaseStore
{
    public const string Columns = """
        releases.release_id as ReleaseId, releases.hold_id as HoldId, releases.state as State, releases.reason_code as ReasonCode,
        releases.note as Note, releases.licence_id as LicenceId, releases.first_ship_date as FirstShipDate,
        releases.last_ship_date as LastShipDate, releases.proposed_by as ProposedBy, releases.decided_by as DecidedBy,
        releases.decided_at as DecidedAt, releases.close_reason as CloseReason, releases.facts_digest as FactsDigest,
        releases.facts as Facts, releases.changes as Changes, releases.amendment as Amendment, releases.effect as Effect,
        releases.expires_at as ExpiresAt, releases.version as Version, releases.created_at as CreatedAt, releases.updated_at as UpdatedAt
        """;

    // Servers take 2,100 parameters at most.
    private const int HoldsMax = 1_000;

    private const string OfHoldsSql = $"select {Columns} from releases where releases.hold_id in @holds order by releases.seq";

    private const string InsertSql = """
        insert into releases (release_id, hold_id, state, reason_code, note, licence_id, first_ship_date, last_ship_date, proposed_by,
            decided_by, decided_at, close_reason, facts_digest, facts, changes, amendment, effect, expires_at, version, created_at, updated_at)
        values (@ReleaseId, @HoldId, @State, @ReasonCode, @Note, @LicenceId, @FirstShipDate, @LastShipDate, @ProposedBy,
            @DecidedBy, @DecidedAt, @CloseReason, @FactsDigest, @Facts, @Changes, @Amendment, @Effect, @ExpiresAt, @Version, @CreatedAt,
            @UpdatedAt)
        """;

    private const string UpdateSql = """
        update releases set state = @State, decided_by = @DecidedBy, decided_at = @DecidedAt, close_reason = @CloseReason,
            changes = @Changes, version = @Version, updated_at = @UpdatedAt
        where release_id = @ReleaseId and version = @Version - 1
        """;

    /// <summary>The releases of holds, each hold's oldest first.</summary>
    public static async Task<ILookup<Guid, Release>> OfHolds(Tx tx, IReadOnlyCollection<Guid> holds)
    {
        var rows = new List<ReleaseRow>();
        // The members of a list are handed over past the handlers of types: ids as the text they are stored as.
        foreach (var some in holds.Select(id => id.ToString("D")).Chunk(HoldsMax))
            rows.AddRange(await tx.Query<ReleaseRow>(OfHoldsSql, new { holds = some }));
        return rows.ToLookup(row => row.HoldId, row => row.ToRelease());
    }

    public static async Task Insert(Tx tx, Release release)
    {
        await tx.Execute(InsertSql, ReleaseRow.Of(release));
        await RecordChain.Release(tx, release.Id, release.UpdatedAt);
    }

    public static async Task Update(Tx tx, Release release)
    {
        if (await tx.Execute(UpdateSql, ReleaseRow.Of(release)) != 1)
            throw new InvalidOperationException($"Release {release.Id} changed under its transaction.");
        await RecordChain.Release(tx, release.Id, release.UpdatedAt);
    }
}
