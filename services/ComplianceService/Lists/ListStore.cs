using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>Snapshots, entries and what is recorded of them, as rows.</summary>
internal static class ListStore
{
    public const string Snapshot = "SNAPSHOT";
    public const string Clearance = "CLEARANCE";
    public const string Revocation = "REVOCATION";
    public const string Threshold = "THRESHOLD";

    public const string SnapshotColumns = """
        seq as Seq, name as Name, list as List, number as Number, state as State, source_uri as SourceUri, as_of as AsOf,
        file_digest as FileDigest, entries_digest as EntriesDigest, base_number as BaseNumber, entry_count as EntryCount,
        added_count as AddedCount, changed_count as ChangedCount, removed_count as RemovedCount, file_cut as FileCut,
        repairs as Repairs, imported_by as ImportedBy, decided_by as DecidedBy, note as Note, recorded_at as RecordedAt,
        version as Version, created_at as CreatedAt, updated_at as UpdatedAt
        """;

    private const string SelectLastChange = """
        select seq as Seq, id as Id, recorded_at as RecordedAt from list_recordings where seq = (select max(seq) from list_recordings)
        """;

    public static Task<RecordedChange?> LastChange(Tx tx) => tx.QueryFirstOrDefault<RecordedChange>(SelectLastChange);

    private const string InsertRecording = """
        insert into list_recordings (id, kind, subject, recorded_at) values (@id, @kind, @subject, @recordedAt)
        """;

    public static Task Record(Tx tx, string kind, string subject, DateTimeOffset recordedAt) =>
        tx.Execute(InsertRecording, new { id = Guid.CreateVersion7(recordedAt), kind, subject, recordedAt });

    public static Task<SnapshotRow?> Find(Tx tx, string name) =>
        tx.QueryFirstOrDefault<SnapshotRow>($"select {SnapshotColumns} from list_snapshots where name = @name", new { name });

    /// <summary>Whether another snapshot of the list waits that could still be approved: one compared with the same snapshot.</summary>
    public static async Task<bool> AnotherWaits(Tx tx, SnapshotRow row) => await tx.Scalar<long>(
        "select count(*) from list_snapshots where list = @List and state = 'PROPOSED' and base_number = @BaseNumber and number <> @Number",
        new { row.List, row.BaseNumber, row.Number }) > 0;

    public static Task<SnapshotRow?> InForce(Tx tx, string list) =>
        tx.QueryFirstOrDefault<SnapshotRow>(
            $"select {SnapshotColumns} from list_snapshots where list = @list and state = 'IN_FORCE'", new { list });

    public static async Task<long> NextNumber(Tx tx, string list) =>
        1 + (await tx.Scalar<long?>("select max(number) from list_snapshots where list = @list", new { list }) ?? 0);

    private const string InsertSnapshot = """
        insert into list_snapshots (name, list, number, state, source_uri, as_of, file_digest, entries_digest, base_number, entry_count,
            added_count, changed_count, removed_count, file_cut, repairs, imported_by, decided_by, note, recorded_at, version, created_at,
            updated_at)
        values (@Name, @List, @Number, @State, @SourceUri, @AsOf, @FileDigest, @EntriesDigest, @BaseNumber, @EntryCount,
            @AddedCount, @ChangedCount, @RemovedCount, @FileCut, @Repairs, @ImportedBy, @DecidedBy, @Note, @RecordedAt, @Version,
            @CreatedAt, @UpdatedAt)
        """;

    public static Task Insert(Tx tx, SnapshotRow row) => tx.Execute(InsertSnapshot, row);

    private const string UpdateSnapshot = """
        update list_snapshots set state = @State, decided_by = @DecidedBy, note = @Note, recorded_at = @RecordedAt, version = @Version,
            updated_at = @UpdatedAt
        where name = @Name and version = @Version - 1
        """;

    /// <summary>Stores the next version; false when somebody was faster.</summary>
    public static async Task<bool> Update(Tx tx, SnapshotRow row) => await tx.Execute(UpdateSnapshot, row) == 1;

    private const string InsertEntrySql = """
        insert into list_entries (list, entry, digest, body)
        select @list, @entry, @digest, @body
        where not exists (select 1 from list_entries where list = @list and entry = @entry and digest = @digest)
        """;

    public static Task InsertEntry(Tx tx, string list, string digest, ListEntry entry) =>
        tx.Execute(InsertEntrySql, new { list, entry = entry.Id, digest, body = Write(entry) });

    private const string InsertChange = """
        insert into list_changes (list, number, kind, entry, before_digest, after_digest)
        values (@List, @Number, @Kind, @Entry, @BeforeDigest, @AfterDigest)
        """;

    public static Task Insert(Tx tx, ChangeRow row) => tx.Execute(InsertChange, row);

    public const string ChangeColumns = """
        c.seq as Seq, c.list as List, c.number as Number, c.kind as Kind, c.entry as Entry, c.before_digest as BeforeDigest,
        c.after_digest as AfterDigest, b.body as BeforeBody, a.body as AfterBody
        """;

    public const string ChangeTables = """
        list_changes c
        left join list_entries b on b.list = c.list and b.entry = c.entry and b.digest = c.before_digest
        left join list_entries a on a.list = c.list and a.entry = c.entry and a.digest = c.after_digest
        """;

    public static Task<IReadOnlyList<ChangeRow>> Changes(Tx tx, string list, long number) =>
        tx.Query<ChangeRow>(
            $"select {ChangeColumns} from {ChangeTables} where c.list = @list and c.number = @number order by c.seq", new { list, number });

    public const string SpanColumns = """
        s.seq as Seq, s.list as List, s.entry as Entry, s.digest as Digest, s.first_number as FirstNumber, s.recorded_from as RecordedFrom,
        s.recorded_to as RecordedTo, e.body as Body
        """;

    public const string SpanTables = "list_spans s join list_entries e on e.list = s.list and e.entry = s.entry and e.digest = s.digest";

    public static Task<IReadOnlyList<SpanRow>> Spans(Tx tx) =>
        tx.Query<SpanRow>($"select {SpanColumns} from {SpanTables} order by s.seq");

    public static Task<SpanRow?> OpenSpan(Tx tx, string list, string entry) =>
        tx.QueryFirstOrDefault<SpanRow>(
            $"select {SpanColumns} from {SpanTables} where s.list = @list and s.entry = @entry and s.last_number is null", new { list, entry });

    public static async Task<IReadOnlyDictionary<string, SpanRow>> OpenSpans(Tx tx, string list) =>
        (await tx.Query<SpanRow>(
            $"select {SpanColumns} from {SpanTables} where s.list = @list and s.last_number is null order by s.entry", new { list }))
        .ToDictionary(row => row.Entry, StringComparer.Ordinal);

    private const string EndSpanSql = """
        update list_spans set last_number = @number, recorded_to = @recordedAt where list = @list and entry = @entry and last_number is null
        """;

    public static Task EndSpan(Tx tx, string list, string entry, long number, DateTimeOffset recordedAt) =>
        tx.Execute(EndSpanSql, new { list, entry, number, recordedAt });

    // What lists are sorted and filtered by; the entry's own text has the name whole.
    private const int ListedNameCharactersMax = 500;

    private const string BeginSpanSql = """
        insert into list_spans (list, entry, digest, listed_name, source, start_date, end_date, first_number, recorded_from)
        values (@list, @Id, @digest, @Name, @Source, @StartDate, @EndDate, @number, @recordedAt)
        """;

    public static Task BeginSpan(Tx tx, string list, ListEntry entry, string digest, long number, DateTimeOffset recordedAt) =>
        tx.Execute(
            BeginSpanSql,
            new { list, entry.Id, digest, Name = KeyText.Fit(entry.Name, ListedNameCharactersMax), entry.Source, entry.StartDate, entry.EndDate, number, recordedAt });

    public static Task InsertThreshold(Tx tx, int threshold, DateTimeOffset recordedAt) =>
        tx.Execute("insert into list_thresholds (threshold, recorded_at) values (@threshold, @recordedAt)", new { threshold, recordedAt });

    public static ListEntry Read(string body) =>
        JsonSerializer.Deserialize<ListEntry>(body) ?? throw new InvalidDataException("A row of list_entries holds no entry.");

    private static string Write(ListEntry entry) => JsonSerializer.Serialize(entry);
}
