using System.Globalization;
using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>The other way round: every record that is stored is in the chain, as it is now, and none that the chain knows is gone.</summary>
/// <param name="vouched">Names of the records the chain has entries of.</param>
/// <param name="decisions">Decisions read with the entries: those that were named need no second look.</param>
internal sealed class RecordScan(ComplianceDb db, TrailFindings findings, IReadOnlySet<string> vouched, DecisionBodies decisions)
{
    private const int BatchRows = 500;

    private const string SelectNewest = """
        select seq as Seq, payload_digest as Digest from audit_chain where subject = @subject and payload_digest <> '' order by seq desc
        """;

    private const string SelectDecisions = "select seq as Seq, decision_id as Id from decisions where seq > @after order by seq";

    private const string SelectSubjects = "select subject from audit_chain where kind = 'DECISION' and subject in @names";

    private readonly HashSet<string> _unseen = new(vouched, StringComparer.Ordinal);

    /// <summary>Looks at all records.</summary>
    /// <param name="progress">Told the number of records looked at.</param>
    public async Task<long> Run(Func<long, Task> progress, CancellationToken cancellation)
    {
        var done = await Decisions(progress, cancellation);
        foreach (var table in ChainedTable.All)
            done = await Rows(table, done, progress, cancellation);
        foreach (var name in _unseen)
            findings.Add(TrailFault.RecordMissing, 0, name, "The chain has entries of the record; it is stored no more.");
        return done;
    }

    private async Task<long> Decisions(Func<long, Task> progress, CancellationToken cancellation)
    {
        foreach (var ids in decisions.Unnamed.Chunk(BatchRows))
        {
            var rows = ids.Select(id => new DecisionRow { Id = id }).ToList();
            Tell(rows, await db.Read(tx => Known(tx, rows), cancellation));
        }

        var (after, done) = (decisions.After, decisions.Count);
        while (true)
        {
            var (rows, known) = await db.Read(tx => Batch(tx, after), cancellation);
            Tell(rows, known);
            if (rows.Count == 0)
                return done;
            (after, done) = (rows[^1].Seq, done + rows.Count);
            await progress(done);
        }
    }

    private void Tell(IReadOnlyList<DecisionRow> rows, HashSet<string> known)
    {
        foreach (var row in rows.Where(row => !known.Contains(row.Name)))
            findings.Add(TrailFault.RecordNotInChain, 0, row.Name, "The decision is in no entry of the chain.");
    }

    private static async Task<(IReadOnlyList<DecisionRow> Rows, HashSet<string> Known)> Batch(Tx tx, long after)
    {
        var rows = await tx.Query<DecisionRow>($"{SelectDecisions} {tx.Dialect.Page()}", new { after, take = BatchRows });
        return (rows, await Known(tx, rows));
    }

    private static async Task<HashSet<string>> Known(Tx tx, IReadOnlyList<DecisionRow> rows)
    {
        var known = rows.Count == 0 ? [] : await tx.Query<string>(SelectSubjects, new { names = rows.Select(row => row.Name).ToList() });
        return known.ToHashSet(StringComparer.Ordinal);
    }

    private async Task<long> Rows(ChainedTable table, long done, Func<long, Task> progress, CancellationToken cancellation)
    {
        var (licence, seq) = ("", 0L);
        while (true)
        {
            var rows = await db.Read(
                async tx =>
                {
                    var batch = await tx.Query<object>(
                        $"{table.SelectBatch} {tx.Dialect.Page()}", new { licence, seq, take = BatchRows });
                    foreach (IDictionary<string, object?> row in batch)
                        await Compare(tx, table, row.AsReadOnly());
                    return batch;
                },
                cancellation);
            if (rows.Count == 0)
                return done;
            var last = (IDictionary<string, object?>)rows[^1];
            seq = Convert.ToInt64(last["batch_seq"], CultureInfo.InvariantCulture);
            licence = last.TryGetValue("licence_id", out var id) ? (string?)id ?? "" : "";
            done += rows.Count;
            await progress(done);
        }
    }

    private async Task Compare(Tx tx, ChainedTable table, IReadOnlyDictionary<string, object?> row)
    {
        var name = table.NameOf(row);
        _unseen.Remove(name);
        var newest = await tx.QueryFirstOrDefault<Newest>($"{SelectNewest} {tx.Dialect.Page()}", new { subject = name, take = 1 });
        if (newest is null)
            findings.Add(TrailFault.RecordNotInChain, 0, name, "The record is in no entry of the chain.");
        else if (newest.Digest != EntryHash.OfPayload(table.TextOf(row)))
            findings.Add(TrailFault.RecordChanged, newest.Seq, name, "The record is not what its last entry vouches for.");
    }

    private sealed class DecisionRow
    {
        public long Seq { get; init; }

        public string Id { get; init; } = "";

        public string Name => $"{Names.Decisions}/{Id}";
    }

    private sealed class Newest
    {
        public long Seq { get; init; }

        public string Digest { get; init; } = "";
    }
}
