using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>Releases as rows.</summary>
internal static class ReleaseStore
{
    private const string OfHoldSql = """
        select release_id as ReleaseId, hold_id as HoldId, state as State, reason_code as ReasonCode, note as Note, licence_id as LicenceId,
            first_ship_date as FirstShipDate, last_ship_date as LastShipDate, proposed_by as ProposedBy, decided_by as DecidedBy,
            decided_at as DecidedAt, close_reason as CloseReason, facts_digest as FactsDigest, amendment as Amendment, effect as Effect,
            version as Version, created_at as CreatedAt, updated_at as UpdatedAt
        from releases where hold_id = @holdId order by seq
        """;

    private const string InsertSql = """
        insert into releases (release_id, hold_id, state, reason_code, note, licence_id, first_ship_date, last_ship_date, proposed_by,
            decided_by, decided_at, close_reason, facts_digest, amendment, effect, version, created_at, updated_at)
        values (@ReleaseId, @HoldId, @State, @ReasonCode, @Note, @LicenceId, @FirstShipDate, @LastShipDate, @ProposedBy,
            @DecidedBy, @DecidedAt, @CloseReason, @FactsDigest, @Amendment, @Effect, @Version, @CreatedAt, @UpdatedAt)
        """;

    private const string UpdateSql = """
        update releases set state = @State, decided_by = @DecidedBy, decided_at = @DecidedAt, close_reason = @CloseReason,
            version = @Version, updated_at = @UpdatedAt
        where release_id = @ReleaseId and version = @Version - 1
        """;

    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<Release>> OfHold(Tx tx, Guid holdId) =>
        [.. (await tx.Query<Row>(OfHoldSql, new { holdId })).Select(row => row.ToRelease())];

    public static async Task Insert(Tx tx, Release release)
    {
        await tx.Execute(InsertSql, Row.Of(release));
        await RecordChain.Release(tx, release.Id, release.UpdatedAt);
    }

    public static async Task Update(Tx tx, Release release)
    {
        if (await tx.Execute(UpdateSql, Row.Of(release)) != 1)
            throw new InvalidOperationException($"Release {release.Id} changed under its transaction.");
        await RecordChain.Release(tx, release.Id, release.UpdatedAt);
    }

    private sealed class Row
    {
        public Guid ReleaseId { get; init; }

        public Guid HoldId { get; init; }

        public string State { get; init; } = "";

        public string ReasonCode { get; init; } = "";

        public string Note { get; init; } = "";

        public Guid? LicenceId { get; init; }

        public DateOnly FirstShipDate { get; init; }

        public DateOnly LastShipDate { get; init; }

        public string ProposedBy { get; init; } = "";

        public string DecidedBy { get; init; } = "";

        public DateTimeOffset? DecidedAt { get; init; }

        public string CloseReason { get; init; } = "";

        public string FactsDigest { get; init; } = "";

        public string Amendment { get; init; } = "";

        public string Effect { get; init; } = "";

        public long Version { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset UpdatedAt { get; init; }

        public static Row Of(Release release) => new()
        {
            ReleaseId = release.Id,
            HoldId = release.HoldId,
            State = Codes<ReleaseState>.Of(release.State),
            ReasonCode = release.ReasonCode,
            Note = release.Note,
            LicenceId = release.LicenceId,
            FirstShipDate = release.FirstShipDate,
            LastShipDate = release.LastShipDate,
            ProposedBy = release.ProposedBy,
            DecidedBy = release.DecidedBy,
            DecidedAt = release.DecidedAt,
            CloseReason = release.CloseReason,
            FactsDigest = release.FactsDigest,
            Amendment = release.Amendment,
            Effect = release.Effect is { } effect ? Codes<Effect>.Of(effect) : "",
            Version = release.Version,
            CreatedAt = release.CreatedAt,
            UpdatedAt = release.UpdatedAt,
        };

        public Release ToRelease() => new()
        {
            Id = ReleaseId,
            HoldId = HoldId,
            State = Codes<ReleaseState>.Parse(State),
            ReasonCode = ReasonCode,
            Note = Note,
            LicenceId = LicenceId,
            FirstShipDate = FirstShipDate,
            LastShipDate = LastShipDate,
            ProposedBy = ProposedBy,
            DecidedBy = DecidedBy,
            DecidedAt = DecidedAt,
            CloseReason = CloseReason,
            FactsDigest = FactsDigest,
            Amendment = Amendment,
            Effect = Effect.Length == 0 ? null : Codes<Effect>.Parse(Effect),
            Version = Version,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
        };
    }
}
