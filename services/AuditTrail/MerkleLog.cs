namespace OrderTracking.AuditTrail;

/// <summary>
/// A tree whose whole blocks of <see cref="BlockLeaves"/> leaves are known by their roots, so that a root or a path needs the leaves of two
/// blocks only, however long the log is.
/// </summary>
/// <param name="size">Leaves of the tree.</param>
/// <param name="blocks">The roots of all its whole blocks.</param>
/// <param name="leavesOf">The leaves of a block by its number from 0; the last one may be short.</param>
public sealed class MerkleLog(long size, IReadOnlyList<byte[]> blocks, Func<long, IReadOnlyList<byte[]>> leavesOf)
{
    /// <summary>Leaves of a block; a power of two, so that a whole block is a subtree.</summary>
    public const int BlockLeaves = 1_024;

    private readonly Dictionary<long, IReadOnlyList<byte[]>> _read = [];

    /// <summary>The root over all leaves.</summary>
    public byte[] Root() => size == 0 ? MerkleTree.Empty : Subtree(0, size);

    /// <summary>The hashes that lead from a leaf to the root.</summary>
    /// <param name="index">The leaf's place, from 0.</param>
    public IReadOnlyList<byte[]> Path(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + MerkleTree.LeftOf(to - from);
            path.Add(index < middle ? Subtree(middle, to) : Subtree(from, middle));
            (from, to) = index < middle ? (from, middle) : (middle, to);
        }

        path.Reverse();
        return path;
    }

    private byte[] Subtree(long from, long to)
    {
        if (from % BlockLeaves == 0 && to - from == BlockLeaves)
            return blocks[(int)(from / BlockLeaves)];
        if (to - from <= BlockLeaves)
            return MerkleTree.Root(Leaves(from, to));
        var middle = from + MerkleTree.LeftOf(to - from);
        return MerkleTree.Node(Subtree(from, middle), Subtree(middle, to));
    }

    // A subtree that is no larger than a block never crosses one: subtrees begin at multiples of their width.
    private byte[][] Leaves(long from, long to)
    {
        var block = from / BlockLeaves;
        if (!_read.TryGetValue(block, out var leaves))
            _read.Add(block, leaves = leavesOf(block));
        var first = (int)(from - (block * BlockLeaves));
        return [.. leaves.Skip(first).Take((int)(to - from))];
    }
}
