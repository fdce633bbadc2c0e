using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Anchoring;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Checkpoints;
using OrderTracking.ComplianceService.Audit.Retention;

namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>What is to be verified.</summary>
/// <param name="From">The first entry, from 1.</param>
/// <param name="To">The last entry; 0: the last there is, and then the records are looked at too.</param>
/// <param name="Expected">Entries the chain must have at least.</param>
/// <param name="Anchors">Heads that were written down elsewhere.</param>
internal sealed record TrailRange(long From, long To, long Expected, IReadOnlyList<Anchor> Anchors)
{
    public bool IsWhole => From == 1 && To == 0;
}

/// <summary>What was found.</summary>
internal sealed record TrailReport(TrailFindings Findings, long From, long To, long Entries, long Records, string HeadHash);

/// <summary>
/// Computes the trail anew from what is stored and says what does not agree, and where. It reads in batches and keeps the writer free; what
/// is appended meanwhile is left for the next time.
/// </summary>
internal sealed class VerifyTrail(ComplianceDb db)
{
    private const int BatchEntries = 2_000;

    private const string SelectLast = "select coalesce(max(seq), 0) from audit_chain";

    private const string SelectHashBefore = "select hash from audit_chain where seq = @seq";

    /// <param name="progress">Told what is done and how much there is.</param>
    public async Task<TrailReport> Run(TrailRange range, Func<long, long, Task> progress, CancellationToken cancellation)
    {
        var findings = new TrailFindings();
        var known = await db.Read(Look, cancellation);
        var last = range.To == 0 ? known.Last : Math.Min(range.To, known.Last);
        var first = await db.Read(
            async tx => range.From == 1 ? EntryHash.Genesis : await tx.QueryFirstOrDefault<string>(SelectHashBefore, new { seq = range.From - 1 }),
            cancellation);
        var entries = new EntryScan(findings, range.From, first ?? EntryHash.Genesis);
        var tree = new TreeScan(findings, range.From == 1 ? TreeScan.Roots(known.Checkpoints, range.Anchors) : []);
        var payloads = new PayloadScan(findings, known.Erased);
        var byPlace = range.Anchors.ToLookup(anchor => anchor.Seq);
        var decisions = new DecisionBodies(range.From == 1);
        var reading = Read(range.From, last, decisions, cancellation);
        for (var from = range.From; from <= last; from += BatchEntries)
        {
            var (rows, batch) = await reading;
            // Read while the batch before is computed.
            reading = Read(from + BatchEntries, last, decisions, cancellation);
            foreach (var entry in CheckedEntry.Of(rows, batch, cancellation))
                Take(entry);
            await progress(Math.Min(last, from + BatchEntries - 1) - range.From + 1, last - range.From + 1);
        }

        await reading;
        entries.End();
        if (range.To == 0)
            TrailEnd.Check(findings, known, entries, range);
        var records = range.IsWhole
            ? await new RecordScan(db, findings, payloads.Records, decisions).Run(done => progress(last + done, last + done), cancellation)
            : 0;
        return new TrailReport(findings, range.From, last, Math.Max(0, last - range.From + 1), records, entries.LastHash);

        void Take(CheckedEntry entry)
        {
            entries.Take(entry);
            tree.Take(entry);
            payloads.Take(entry);
            foreach (var anchor in byPlace[entry.Row.Seq])
                if (CompareAnchors.Compare(anchor, entry.Row.Hash, known.Last) is { } finding)
                    findings.Add(finding);
        }
    }

    // Off the caller's thread; one batch at a time, as the decisions are read on.
    private Task<(IReadOnlyList<ChainRow> Rows, PayloadBatch Batch)> Read(long from, long last, DecisionBodies decisions, CancellationToken cancellation) =>
        from > last
            ? Task.FromResult(((IReadOnlyList<ChainRow>)[], PayloadBatch.None))
            : Task.Run(() => db.Read(tx => Batch(tx, from, Math.Min(last, from + BatchEntries - 1), decisions), cancellation), cancellation);

    private static async Task<(IReadOnlyList<ChainRow> Rows, PayloadBatch Batch)> Batch(Tx tx, long from, long to, DecisionBodies decisions)
    {
        var rows = await ChainRows.Range(tx, from, to);
        return (rows, rows.Count == 0 ? PayloadBatch.None : await PayloadScan.Read(tx, rows, decisions));
    }

    private static async Task<KnownEnd> Look(Tx tx) => new(
        await AuditChain.Head(tx), await tx.Scalar<long>(SelectLast), await CheckpointStore.From(tx, 1), await ErasedRecords.Names(tx));
}
