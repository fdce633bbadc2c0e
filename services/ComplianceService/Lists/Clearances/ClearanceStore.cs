using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Lists.Clearances;

/// <summary>A row of clearances.</summary>
internal sealed class ClearanceRow
{
    public const string Proposed = "PROPOSED";
    public const string Approved = "APPROVED";
    public const string Rejected = "REJECTED";
    public const string Revoked = "REVOKED";

    public long Seq { get; init; }

    public object? OrderKey { get; init; }

    public Guid Id { get; init; }

    public string State { get; set; } = Proposed;

    public string PartyName { get; init; } = "";

    public string PartyKey { get; init; } = "";

    public string PartyCountry { get; init; } = "";

    /// <summary><c>lists/{list}/entries/{entry}</c>.</summary>
    public string Entry { get; init; } = "";

    public string EntryDigest { get; init; } = "";

    public DateOnly ValidFrom { get; init; }

    public DateOnly ValidTo { get; init; }

    public string Note { get; init; } = "";

    public string ProposedBy { get; init; } = "";

    public string DecidedBy { get; set; } = "";

    public string CloseNote { get; set; } = "";

    public string RevokedBy { get; set; } = "";

    public DateTimeOffset? RecordedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public long Version { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string Name => $"{ListNames.Clearances}/{Id:D}";
}

/// <summary>Clearances as rows.</summary>
internal static class ClearanceStore
{
    public const string Columns = """
        seq as Seq, clearance_id as Id, state as State, party_name as PartyName, party_key as PartyKey, party_country as PartyCountry,
        entry as Entry, entry_digest as EntryDigest, valid_from as ValidFrom, valid_to as ValidTo, note as Note,
        proposed_by as ProposedBy, decided_by as DecidedBy, close_note as CloseNote, revoked_by as RevokedBy, recorded_at as RecordedAt,
        revoked_at as RevokedAt, version as Version, created_at as CreatedAt, updated_at as UpdatedAt
        """;

    private const string InsertSql = """
        insert into clearances (clearance_id, state, party_name, party_key, party_country, entry, entry_digest, valid_from, valid_to, note,
            proposed_by, decided_by, close_note, revoked_by, recorded_at, revoked_at, version, created_at, updated_at)
        values (@Id, @State, @PartyName, @PartyKey, @PartyCountry, @Entry, @EntryDigest, @ValidFrom, @ValidTo, @Note,
            @ProposedBy, @DecidedBy, @CloseNote, @RevokedBy, @RecordedAt, @RevokedAt, @Version, @CreatedAt, @UpdatedAt)
        """;

    private const string UpdateSql = """
        update clearances set state = @State, decided_by = @DecidedBy, close_note = @CloseNote, revoked_by = @RevokedBy,
            recorded_at = @RecordedAt, revoked_at = @RevokedAt, version = @Version, updated_at = @UpdatedAt
        where clearance_id = @Id and version = @Version - 1
        """;

    private const string OverlapSql = $"""
        select {Columns} from clearances
        where party_key = @PartyKey and party_country = @PartyCountry and entry = @Entry and entry_digest = @EntryDigest
            and state in ('PROPOSED', 'APPROVED') and valid_from <= @ValidTo and valid_to >= @ValidFrom
        """;

    public static Task Insert(Tx tx, ClearanceRow row) => tx.Execute(InsertSql, row);

    /// <summary>Stores the next version; false when somebody was faster.</summary>
    public static async Task<bool> Update(Tx tx, ClearanceRow row) => await tx.Execute(UpdateSql, row) == 1;

    public static Task<ClearanceRow?> Find(Tx tx, Guid id) =>
        tx.QueryFirstOrDefault<ClearanceRow>($"select {Columns} from clearances where clearance_id = @id", new { id });

    /// <summary>One for the same party and content that stands or waits on some of the same days, or null.</summary>
    public static Task<ClearanceRow?> FindOverlapping(Tx tx, ClearanceRow row) =>
        tx.QueryFirstOrDefault<ClearanceRow>(OverlapSql, row);

    /// <summary>Every clearance that ever counted.</summary>
    public static async Task<IReadOnlyList<KnownClearance>> Recorded(Tx tx)
    {
        var rows = await tx.Query<ClearanceRow>($"select {Columns} from clearances where recorded_at is not null order by seq");
        return
        [
            .. rows.Select(row => new KnownClearance(
                row.Name, row.PartyKey, row.PartyCountry, row.Entry, row.EntryDigest, row.ValidFrom, row.ValidTo, row.RecordedAt!.Value, row.RevokedAt)),
        ];
    }
}
