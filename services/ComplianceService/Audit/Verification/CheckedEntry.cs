using OrderTracking.AuditTrail;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>An entry with everything about it that needs no other: made for a whole batch on all processors.</summary>
/// <param name="IsWhole">Its fields give its hash.</param>
/// <param name="Leaf">Of the tree.</param>
/// <param name="Digest">Of what it vouches for, as stored; null where nothing is, or it vouches for nothing.</param>
internal sealed record CheckedEntry(ChainRow Row, ChainEntry Entry, bool IsWhole, byte[] Leaf, string? Digest)
{
    public static CheckedEntry[] Of(IReadOnlyList<ChainRow> rows, PayloadBatch batch, CancellationToken cancellation)
    {
        var entries = new CheckedEntry[rows.Count];
        Parallel.For(
            0, rows.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            index => entries[index] = Of(rows[index], batch));
        return entries;
    }

    private static CheckedEntry Of(ChainRow row, PayloadBatch batch)
    {
        var entry = row.ToEntry();
        return new CheckedEntry(row, entry, EntryHash.Of(entry) == entry.Hash, MerkleTree.Leaf(entry.Hash), batch.DigestOf(row));
    }
}
