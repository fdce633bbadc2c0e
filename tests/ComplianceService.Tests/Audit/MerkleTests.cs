using System.Security.Cryptography;
using CsCheck;
using OrderTracking.AuditTrail;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Audit;

public sealed class MerkleTests
{
    private static readonly byte[][] Leaves =
        [.. Enumerable.Range(0, 5_000).Select(number => MerkleTree.Leaf(Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number)))))];

    [Fact]
    public void A_root_by_blocks_is_the_root_over_all_leaves() =>
        Gen.Int[1, Leaves.Length].Sample(size => Log(size).Root().AsSpan().SequenceEqual(MerkleTree.Root(Leaves.AsSpan(0, size))), iter: 60);

    [Fact]
    public void Every_path_leads_to_the_root_and_no_other_leaf_does() =>
        (from size in Gen.Int[1, Leaves.Length] from index in Gen.Int[0, size - 1] select (size, index)).Sample(
            drawn =>
            {
                var path = Log(drawn.size).Path(drawn.index);
                var root = MerkleTree.Root(Leaves.AsSpan(0, drawn.size));
                Assert.Equal(root, MerkleTree.RootOf(Leaves[drawn.index], drawn.index, drawn.size, path));
                Assert.NotEqual(root, MerkleTree.RootOf(Leaves[(drawn.index + 1) % Leaves.Length], drawn.index, drawn.size, path));
                Assert.True(path.Count <= 13, $"{path.Count} hashes");
            },
            iter: 100);

    [Theory]
    [InlineData(1)]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(2_048)]
    [InlineData(3_073)]
    public void Sizes_round_a_block_agree(int size) => Assert.Equal(MerkleTree.Root(Leaves.AsSpan(0, size)), Log(size).Root());

    private static MerkleLog Log(int size)
    {
        var blocks = Enumerable.Range(0, size / MerkleLog.BlockLeaves).Select(
            block => MerkleTree.Root(Leaves.AsSpan(block * MerkleLog.BlockLeaves, MerkleLog.BlockLeaves)));
        return new MerkleLog(
            size, [.. blocks], block => [.. Leaves.Take(size).Skip((int)block * MerkleLog.BlockLeaves).Take(MerkleLog.BlockLeaves)]);
    }
}
