using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Verification;

namespace OrderTracking.ComplianceService.Audit.Anchoring;

/// <summary>Holds the chain against what was written down outside of the database.</summary>
internal static class CompareAnchors
{
    private const string SelectHash = "select hash from audit_chain where seq = @seq";

    /// <summary>The first anchor the chain does not agree with; null where it agrees with all.</summary>
    public static async Task<TrailFinding?> Run(Tx tx, IEnumerable<Anchor> anchors)
    {
        var head = await AuditChain.Head(tx);
        foreach (var anchor in anchors.OrderBy(anchor => anchor.Seq))
        {
            var hash = await tx.QueryFirstOrDefault<string>(SelectHash, new { seq = anchor.Seq });
            if (Compare(anchor, hash, head.Seq) is { } finding)
                return finding;
        }

        return null;
    }

    /// <param name="hash">The hash of the entry at the anchor's place; null where there is none.</param>
    public static TrailFinding? Compare(Anchor anchor, string? hash, long last) => hash switch
    {
        null when anchor.Seq > last => new(
            TrailFault.TailCut, last + 1, "", $"The anchor of {anchor.Time:u} knows the entries up to {anchor.Seq}; the chain ends at {last}."),
        null => new(TrailFault.EntryMissing, anchor.Seq, "", $"The anchor of {anchor.Time:u} knows the entry."),
        _ when hash != anchor.Hash => new(
            TrailFault.AnchorDiffers, anchor.Seq, "",
            $"The anchor of {anchor.Time:u} has the hash {anchor.Hash}, the chain {hash}: something up to this entry was rewritten."),
        _ => null,
    };
}
