using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Releases;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>
/// What becomes of holds whose findings are gone. A shipment is never let go by a decision alone: where no other hold is left that an
/// officer must clear, the hold stays, with a release proposed by the system that one officer or counsel confirms.
/// </summary>
internal static class Clearance
{
    /// <summary>Who is named as the proposer. No person: one other confirms.</summary>
    public const string Proposer = RecheckShipment.Actor;

    public const string ReasonCode = "NO_LONGER_APPLIES";

    public const string FindingGone = "The rule no longer applies to the shipment.";

    /// <param name="gone">The holds of findings the decision did not make.</param>
    /// <param name="rest">The shipment's other holds as they stand after the decision.</param>
    public static IEnumerable<HoldChange> Of(
        IReadOnlyList<Hold> gone, IReadOnlyList<Hold> rest, Circumstances now, DateTimeOffset instant)
    {
        // Credit and address are cleared by people who do not answer for the law: they guard nothing here.
        var isHeld = rest.Any(hold => hold is { IsUnsettled: true, Class: HoldClass.Legal });
        return gone
            .Select(hold => hold switch
            {
                { Lapsed: true } => AskedBefore(hold, now, instant),
                { IsUnsettled: true } when !isHeld => Propose(hold, new ReleaseEnd(ReleaseState.Voided, FindingGone), now, instant),
                _ => HoldBook.Void(hold, FindingGone, instant),
            })
            .OfType<HoldChange>();
    }

    // Once somebody was asked, people answer; a no stands too. They are asked anew when what they were asked about is another now.
    private static HoldChange? AskedBefore(Hold hold, Circumstances now, DateTimeOffset instant) =>
        hold.Releases.LastOrDefault(release => release.IsConfirmation) is { } asked && WhyOutdated(hold, asked, now) is { } end
            ? Propose(hold, end, now, instant)
            : null;

    /// <summary>Why a confirmation is not for the shipment as it is now; null while it is. That its day has gone by does not matter.</summary>
    public static ReleaseEnd? WhyOutdated(Hold hold, Release confirmation, Circumstances now)
    {
        var ground = hold.Ground with { Amendment = now.AmendmentOf(hold.Reason) };
        return ReleaseBinding.Broken(confirmation, ground, now) is { State: ReleaseState.Voided } end ? end : null;
    }

    private static HoldChange Propose(Hold hold, ReleaseEnd end, Circumstances now, DateTimeOffset instant)
    {
        var ended = HoldBook.Ended(hold.ActiveRelease, end, instant);
        var proposal = Proposal(hold, now, instant);
        var before = ended is null ? hold : hold.With(ended);
        var after = before.Touched(instant) with
        {
            State = HoldState.ReleaseProposed,
            Lapsed = true,
            Releases = [.. before.Releases, proposal],
        };
        return new HoldChange(HoldChangeKind.ClearanceProposed, after, ended, FindingGone, proposal);
    }

    private static Release Proposal(Hold hold, Circumstances now, DateTimeOffset instant) => new()
    {
        Id = Guid.CreateVersion7(instant),
        HoldId = hold.Id,
        State = ReleaseState.Proposed,
        ReasonCode = ReasonCode,
        Note = FindingGone,
        FirstShipDate = now.ShipDate,
        LastShipDate = now.ShipDate,
        ProposedBy = Proposer,
        FactsDigest = now.FactsDigest,
        Facts = now.Facts,
        Amendment = now.AmendmentOf(hold.Reason),
        Effect = hold.Ground.Effect,
        CreatedAt = instant,
        UpdatedAt = instant,
    };
}
