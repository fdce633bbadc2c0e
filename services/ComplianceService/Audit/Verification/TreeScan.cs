using OrderTracking.AuditTrail;
using OrderTracking.ComplianceService.Audit.Checkpoints;

namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>A root that was stored for the first entries.</summary>
internal sealed record KnownRoot(long Size, string Root, string Source);

/// <summary>Builds the tree again, entry by entry, and holds it against every root that was stored on the way.</summary>
internal sealed class TreeScan
{
    private readonly TrailFindings _findings;
    private readonly List<byte[]> _blocks = [];
    private readonly List<byte[]> _leaves = [];
    private readonly Queue<KnownRoot> _known;
    private long _whole;
    private bool _broken;

    /// <param name="known">Roots to hold the tree against.</param>
    public TreeScan(TrailFindings findings, IEnumerable<KnownRoot> known)
    {
        _findings = findings;
        _known = new Queue<KnownRoot>(known.OrderBy(root => root.Size));
    }

    public void Take(CheckedEntry entry)
    {
        // Without an entry the tree cannot be built further; the gap itself is a finding.
        if (_broken || entry.Row.Seq != Size + 1)
        {
            _broken = true;
            return;
        }

        _leaves.Add(entry.Leaf);
        Compare();
        if (_leaves.Count < MerkleLog.BlockLeaves)
            return;
        _blocks.Add(MerkleTree.Root([.. _leaves]));
        _leaves.Clear();
    }

    private long Size => ((long)_blocks.Count * MerkleLog.BlockLeaves) + _leaves.Count;

    private void Compare()
    {
        while (_known.TryPeek(out var known) && known.Size == Size)
        {
            _known.Dequeue();
            var blocks = _leaves.Count == MerkleLog.BlockLeaves ? [.. _blocks, MerkleTree.Root([.. _leaves])] : _blocks;
            var root = Convert.ToHexStringLower(new MerkleLog(Size, blocks, _ => _leaves).Root());
            if (root == known.Root)
                _whole = Size;
            else if (!_findings.Has(TrailFault.CheckpointDiffers))
                _findings.Add(
                    TrailFault.CheckpointDiffers, Size, "",
                    $"{known.Source} of {Size} entries has another root: an entry from {_whole + 1} to {Size} was rewritten or moved.");
        }
    }

    public static IEnumerable<KnownRoot> Roots(IEnumerable<Checkpoint> checkpoints, IEnumerable<Anchor> anchors) =>
    [
        .. checkpoints.Select(checkpoint => new KnownRoot(checkpoint.Size, checkpoint.Root, "The checkpoint")),
        .. anchors.Where(anchor => anchor.Root.Length > 0).Select(anchor => new KnownRoot(anchor.Seq, anchor.Root, "The anchor")),
    ];
}
