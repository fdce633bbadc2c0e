using OrderTracking.ComplianceService.Audit.Anchoring;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Checkpoints;

namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>What is known of the chain's end, apart from its entries.</summary>
internal sealed record KnownEnd(ChainHead Head, long Last, IReadOnlyList<Checkpoint> Checkpoints, IReadOnlySet<string> Erased);

/// <summary>A chain whose end was cut off is whole in itself: only what was written down elsewhere tells.</summary>
internal static class TrailEnd
{
    public static void Check(TrailFindings findings, KnownEnd known, EntryScan entries, TrailRange range)
    {
        var last = known.Last;
        if (known.Head.Seq > last)
            Cut(findings, last, $"its head knows {known.Head.Seq}");
        else if (known.Head.Seq != last || known.Head.Hash != entries.LastHash)
            findings.Add(
                TrailFault.HeadDiffers, last, "",
                $"The head says entry {known.Head.Seq} with {known.Head.Hash}, the last entry is {last} with {entries.LastHash}.");
        if (known.Checkpoints.Count > 0 && known.Checkpoints[^1].Size > last)
            Cut(findings, last, $"a checkpoint knows {known.Checkpoints[^1].Size}");
        foreach (var anchor in range.Anchors.Where(anchor => anchor.Seq > last).Take(1))
            findings.Add(CompareAnchors.Compare(anchor, null, last)!);
        if (range.Expected > last)
            Cut(findings, last, $"{range.Expected} were expected");
    }

    private static void Cut(TrailFindings findings, long last, string why) =>
        findings.Add(TrailFault.TailCut, last + 1, "", $"The chain ends at entry {last}; {why}.");
}
