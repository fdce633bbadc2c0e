using System.Security.Cryptography;

namespace OrderTracking.AuditTrail;

/// <summary>
/// The hash tree of RFC 6962 over the entries of the chain, the first entry at index 0. Leaves and nodes are hashed apart, so that a node
/// never passes for an entry.
/// </summary>
public static class MerkleTree
{
    private const int HashBytes = 32;
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root over nothing.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>The leaf of an entry.</summary>
    /// <param name="entryHash">The entry's hash in hex.</param>
    public static byte[] Leaf(string entryHash)
    {
        Span<byte> data = stackalloc byte[1 + HashBytes];
        data[0] = LeafPrefix;
        Convert.FromHexString(entryHash, data[1..], out _, out _);
        return SHA256.HashData(data);
    }

    /// <summary>The node over two subtrees.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> data = stackalloc byte[1 + (2 * HashBytes)];
        data[0] = NodePrefix;
        left.CopyTo(data[1..]);
        right.CopyTo(data[(1 + HashBytes)..]);
        return SHA256.HashData(data);
    }

    /// <summary>The root over leaves in their order.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0)
            return Empty;
        if (leaves.Length == 1)
            return leaves[0];
        var left = (int)LeftOf(leaves.Length);
        return Node(Root(leaves[..left]), Root(leaves[left..]));
    }

    /// <summary>Leaves of the left subtree: the largest power of two below the size.</summary>
    /// <param name="size">At least 2.</param>
    public static long LeftOf(long size)
    {
        var left = 1L;
        while (left * 2 < size)
            left *= 2;
        return left;
    }

    /// <summary>The root that a path from a leaf leads to, or null where the path has the wrong length for its place.</summary>
    /// <param name="index">The leaf's place, from 0.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="path">Hashes of the other subtrees, from the leaf up.</param>
    public static byte[]? RootOf(byte[] leaf, long index, long size, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= size)
            return null;
        var turns = Turns(index, size);
        if (turns.Count != path.Count)
            return null;
        var hash = leaf;
        for (var step = 0; step < path.Count; step++)
            hash = turns[step] ? Node(path[step], hash) : Node(hash, path[step]);
        return hash;
    }

    // From the leaf up; true where the other subtree lies to the left.
    private static List<bool> Turns(long index, long size)
    {
        var turns = new List<bool>();
        while (size > 1)
        {
            var left = LeftOf(size);
            turns.Add(index >= left);
            (index, size) = index >= left ? (index - left, size - left) : (index, left);
        }

        turns.Reverse();
        return turns;
    }
}
