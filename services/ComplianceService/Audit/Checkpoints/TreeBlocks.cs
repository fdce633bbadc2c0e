using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Audit.Checkpoints;

/// <summary>The tree's whole blocks, stored by their roots once they are full.</summary>
internal static class TreeBlocks
{
    private const string SelectBlocks = "select hash from audit_blocks where position < @count order by position";

    private const string CountBlocks = "select count(*) from audit_blocks";

    private const string InsertBlock = "insert into audit_blocks (position, hash) values (@position, @hash)";

    /// <summary>Stores the roots of blocks that have become whole.</summary>
    public static async Task Fill(Tx tx, long size)
    {
        for (var position = await tx.Scalar<long>(CountBlocks); position < size / MerkleLog.BlockLeaves; position++)
        {
            var root = MerkleTree.Root([.. await Leaves(tx, position, size)]);
            await tx.Execute(InsertBlock, new { position, hash = Convert.ToHexStringLower(root) });
        }
    }

    /// <summary>The tree over the first entries.</summary>
    /// <param name="size">Its entries; every whole block of it is stored.</param>
    /// <param name="indexes">Leaves, from 0, whose paths will be asked for.</param>
    public static async Task<MerkleLog> Log(Tx tx, long size, IReadOnlyList<long> indexes)
    {
        var whole = size / MerkleLog.BlockLeaves;
        var roots = await tx.Query<string>(SelectBlocks, new { count = whole });
        if (roots.Count != whole)
            throw new InvalidDataException($"The audit tree has {roots.Count} of {whole} blocks.");
        var leaves = new Dictionary<long, IReadOnlyList<byte[]>>();
        foreach (var block in indexes.Select(index => index / MerkleLog.BlockLeaves).Append(whole).Distinct())
            leaves[block] = await Leaves(tx, block, size);
        return new MerkleLog(size, [.. roots.Select(Convert.FromHexString)], block => leaves[block]);
    }

    private static async Task<IReadOnlyList<byte[]>> Leaves(Tx tx, long block, long size)
    {
        var first = (block * MerkleLog.BlockLeaves) + 1;
        var hashes = await ChainRows.Hashes(tx, first, Math.Min(size, first + MerkleLog.BlockLeaves - 1));
        return [.. hashes.Select(MerkleTree.Leaf)];
    }
}
