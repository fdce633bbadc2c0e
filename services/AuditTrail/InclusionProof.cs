namespace OrderTracking.AuditTrail;

/// <summary>Shows that an entry is in the tree of a checkpoint.</summary>
/// <param name="Seq">The entry.</param>
/// <param name="Size">Entries of the tree; the checkpoint's.</param>
/// <param name="Path">Hashes in hex from the leaf up.</param>
public sealed record InclusionProof(long Seq, long Size, IReadOnlyList<string> Path)
{
    private const int HashCharacters = 64;

    /// <summary>True where the path leads from the entry to the root.</summary>
    /// <param name="entryHash">The entry's hash in hex.</param>
    /// <param name="root">The checkpoint's root in hex.</param>
    public bool Leads(string entryHash, string root) =>
        IsHash(entryHash) && Path.All(IsHash)
        && MerkleTree.RootOf(MerkleTree.Leaf(entryHash), Seq - 1, Size, [.. Path.Select(Convert.FromHexString)]) is { } reached
        && Convert.ToHexStringLower(reached) == root;

    private static bool IsHash(string text) => text.Length == HashCharacters && text.All(char.IsAsciiHexDigitLower);
}
