using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>Holds what entries vouch for against what is stored: decisions by their bytes, other records by the text kept beside the chain.</summary>
/// <param name="erased">Names of records that were erased when their time was over, as the chain itself says.</param>
internal sealed class PayloadScan(TrailFindings findings, IReadOnlySet<string> erased)
{
    private const string SelectPayloads = "select seq as Seq, body as Body from audit_payloads where seq >= @from and seq <= @to";

    private static readonly HashSet<string> RowKinds =
        ChainedTable.All.Select(table => Codes<ChainKind>.Of(table.Kind)).ToHashSet(StringComparer.Ordinal);

    private static readonly string Decision = Codes<ChainKind>.Of(ChainKind.Decision);

    private readonly HashSet<string> _records = new(StringComparer.Ordinal);

    /// <summary>Names of the records entries vouch for that are rows of a chained table.</summary>
    public IReadOnlySet<string> Records => _records;

    public static async Task<PayloadBatch> Read(Tx tx, IReadOnlyList<ChainRow> rows, DecisionBodies decisions)
    {
        var payloads = await tx.Query<TextRow>(SelectPayloads, new { from = rows[0].Seq, to = rows[^1].Seq });
        return new PayloadBatch(
            payloads.ToDictionary(row => row.Seq, row => row.Body),
            await decisions.Take(tx, rows.Where(IsDecision).Select(row => PayloadBatch.IdOf(row.Subject)).OfType<string>()));
    }

    public void Take(CheckedEntry entry)
    {
        var row = entry.Row;
        if (row.PayloadDigest.Length == 0)
            return;
        if (RowKinds.Contains(row.Kind))
            _records.Add(row.Subject);
        if (entry.Digest is null && !erased.Contains(row.Subject))
            findings.Add(TrailFault.RecordMissing, row.Seq, row.Subject, "What the entry vouches for is gone.");
        else if (entry.Digest is not null && entry.Digest != row.PayloadDigest)
            findings.Add(TrailFault.RecordChanged, row.Seq, row.Subject, "What is stored is not what the entry vouches for.");
    }

    public static bool IsDecision(ChainRow row) => row.Kind == Decision;

    private sealed class TextRow
    {
        public long Seq { get; init; }

        public string Body { get; init; } = "";
    }
}

/// <summary>What the entries of one batch vouch for, as stored.</summary>
internal sealed record PayloadBatch(IReadOnlyDictionary<long, string> Payloads, IReadOnlyDictionary<string, byte[]> Bodies)
{
    private const string Prefix = Names.Decisions + "/";

    public static PayloadBatch None { get; } = new(
        new Dictionary<long, string>(), new Dictionary<string, byte[]>(StringComparer.Ordinal));

    /// <summary>The id in a decision's name; null: it is the name of something else, and vouches for no decision.</summary>
    public static string? IdOf(string subject) => subject.StartsWith(Prefix, StringComparison.Ordinal) ? subject[Prefix.Length..] : null;

    /// <summary>The digest of what an entry vouches for, as stored; null where nothing is.</summary>
    public string? DigestOf(ChainRow row) => row.PayloadDigest.Length == 0 ? null
        : PayloadScan.IsDecision(row) ? IdOf(row.Subject) is { } id && Bodies.TryGetValue(id, out var body) ? EntryHash.OfPayload(body) : null
        : Payloads.TryGetValue(row.Seq, out var text) ? EntryHash.OfPayload(text) : null;
}
