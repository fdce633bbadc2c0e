using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>Holds what entries vouch for against what is stored: decisions by their bytes, other records by the text kept beside the chain.</summary>
/// <param name="erased">Names of records that were erased when their time was over, as the chain itself says.</param>
internal sealed class PayloadScan(TrailFindings findings, IReadOnlySet<string> erased)
{
    private const string SelectPayloads = "select seq as Seq, body as Body from audit_payloads where seq >= @from and seq <= @to";

    private const string SelectBodies = "select decision_id as Id, body as Body from decisions where decision_id in @ids";

    private static readonly HashSet<string> RowKinds =
        ChainedTable.All.Select(table => Codes<ChainKind>.Of(table.Kind)).ToHashSet(StringComparer.Ordinal);

    private readonly HashSet<string> _records = new(StringComparer.Ordinal);

    /// <summary>Names of the records entries vouch for that are rows of a chained table.</summary>
    public IReadOnlySet<string> Records => _records;

    public static async Task<PayloadBatch> Read(Tx tx, IReadOnlyList<ChainRow> rows)
    {
        var payloads = await tx.Query<TextRow>(SelectPayloads, new { from = rows[0].Seq, to = rows[^1].Seq });
        var decisions = rows.Where(IsDecision).Select(row => row.Subject[(row.Subject.IndexOf('/', StringComparison.Ordinal) + 1)..]).ToList();
        var bodies = decisions.Count == 0 ? [] : await tx.Query<BodyRow>(SelectBodies, new { ids = decisions });
        return new PayloadBatch(
            payloads.ToDictionary(row => row.Seq, row => row.Body),
            bodies.ToDictionary(row => $"{Names.Decisions}/{row.Id}", row => row.Body, StringComparer.Ordinal));
    }

    public void Take(ChainRow row, PayloadBatch batch)
    {
        if (row.PayloadDigest.Length == 0)
            return;
        if (RowKinds.Contains(row.Kind))
            _records.Add(row.Subject);
        var digest = IsDecision(row)
            ? batch.Bodies.TryGetValue(row.Subject, out var body) ? EntryHash.OfPayload(body) : null
            : batch.Payloads.TryGetValue(row.Seq, out var text) ? EntryHash.OfPayload(text) : null;
        if (digest is null && !erased.Contains(row.Subject))
            findings.Add(TrailFault.RecordMissing, row.Seq, row.Subject, "What the entry vouches for is gone.");
        else if (digest is not null && digest != row.PayloadDigest)
            findings.Add(TrailFault.RecordChanged, row.Seq, row.Subject, "What is stored is not what the entry vouches for.");
    }

    private static bool IsDecision(ChainRow row) => row.Kind == Codes<ChainKind>.Of(ChainKind.Decision);

    private sealed class TextRow
    {
        public long Seq { get; init; }

        public string Body { get; init; } = "";
    }

    private sealed class BodyRow
    {
        public string Id { get; init; } = "";

        public byte[] Body { get; init; } = [];
    }
}

/// <summary>What the entries of one batch vouch for, as stored.</summary>
internal sealed record PayloadBatch(IReadOnlyDictionary<long, string> Payloads, IReadOnlyDictionary<string, byte[]> Bodies)
{
    public static PayloadBatch None { get; } = new(
        new Dictionary<long, string>(), new Dictionary<string, byte[]>(StringComparer.Ordinal));
}
