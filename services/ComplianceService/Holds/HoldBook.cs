using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Holds;

internal enum HoldChangeKind
{
    Opened,

    /// <summary>Same state, other ground.</summary>
    Refreshed,

    /// <summary>Its release no longer holds.</summary>
    Reopened,

    /// <summary>Its finding is gone, and somebody is asked to confirm that.</summary>
    ClearanceProposed,
    Voided,
}

/// <summary>What a decision does to one hold.</summary>
/// <param name="Hold">The hold after it.</param>
/// <param name="EndedRelease">The release that ended with it, as it is now.</param>
/// <param name="Proposed">The release that is proposed with it.</param>
internal sealed record HoldChange(HoldChangeKind Kind, Hold Hold, Release? EndedRelease, string Why, Release? Proposed = null);

/// <summary>What a new hold is opened with.</summary>
internal sealed record HoldOrigins(
    Guid ShipmentId, Guid OrderId, Guid? DecisionId, string OpenedBy, HoldGoods Goods, DateTimeOffset Now);

/// <summary>
/// Keeps the holds of one shipment in step with what is decided about it: one a finding, and those of findings that are gone until
/// somebody has confirmed it.
/// </summary>
internal static class HoldBook
{
    /// <summary>Opens, keeps, reopens, proposes to clear and voids holds after a decision.</summary>
    /// <param name="holds">The shipment's holds that are not voided.</param>
    public static IReadOnlyList<HoldChange> After(
        IReadOnlyList<Hold> holds, IReadOnlyList<Finding> findings, Circumstances now, HoldOrigins origins)
    {
        var byRule = findings.ToDictionary(finding => finding.Rule, StringComparer.Ordinal);
        var (changes, gone, rest) = (new List<HoldChange>(), new List<Hold>(), new List<Hold>());
        foreach (var hold in holds.Where(hold => hold.IsActive))
        {
            var fires = byRule.Remove(hold.Reason, out var finding);
            var isGone = hold.Origin == HoldOrigin.Finding && !fires;
            (isGone ? gone : rest).Add(hold);
            if (!isGone && Kept(hold, finding is null ? hold.Ground : HoldGround.Of(finding), now, origins.Now) is { } change)
                changes.Add(change);
        }

        changes.AddRange(findings.Where(finding => byRule.ContainsKey(finding.Rule)).Select(finding => Opened(finding, origins)));
        changes.AddRange(Clearance.Of(gone, Apply(rest, changes), now, origins.Now));
        return changes;
    }

    /// <summary>Opens what is missing and leaves the rest: for a decision about another day than the planned one.</summary>
    public static IReadOnlyList<HoldChange> OpenMissing(IReadOnlyList<Hold> holds, IReadOnlyList<Finding> findings, HoldOrigins origins)
    {
        var held = holds.Where(hold => hold.IsActive).Select(hold => hold.Reason).ToHashSet(StringComparer.Ordinal);
        return [.. findings.Where(finding => !held.Contains(finding.Rule)).Select(finding => Opened(finding, origins))];
    }

    /// <summary>Voids every hold: the shipment will not leave, or came back.</summary>
    public static IReadOnlyList<HoldChange> VoidAll(IReadOnlyList<Hold> holds, string why, DateTimeOffset now) =>
        [.. holds.Where(hold => hold.IsActive).Select(hold => Void(hold, why, now))];

    public static HoldChange Void(Hold hold, string why, DateTimeOffset now)
    {
        var ended = Ended(hold.ActiveRelease, new ReleaseEnd(ReleaseState.Voided, why), now);
        var after = (ended is null ? hold : hold.With(ended)).Touched(now) with { State = HoldState.Voided, CloseReason = why };
        return new HoldChange(HoldChangeKind.Voided, after, ended, why);
    }

    /// <summary>Ends the release of a hold that stands on: the hold is open again.</summary>
    public static HoldChange Reopen(Hold hold, HoldGround ground, ReleaseEnd end, DateTimeOffset now)
    {
        var ended = Ended(hold.ActiveRelease, end, now);
        var after = (ended is null ? hold : hold.With(ended)).Touched(now) with
        {
            State = HoldState.Open,
            Lapsed = false,
            Ground = ground,
            CloseReason = "",
        };
        return new HoldChange(HoldChangeKind.Reopened, after, ended, end.Why);
    }

    /// <summary>Somebody confirmed that the hold's reason is gone, and so is the hold. If it ever comes back, a new one is opened.</summary>
    public static HoldChange Confirmed(Hold hold, Release approved, DateTimeOffset now)
    {
        var why = $"{Clearance.FindingGone} Confirmed by {approved.DecidedBy}.";
        var after = hold.With(approved).Touched(now) with { State = HoldState.Voided, CloseReason = why };
        return new HoldChange(HoldChangeKind.Voided, after, approved, why);
    }

    /// <summary>The holds with the changes in them.</summary>
    public static IReadOnlyList<Hold> Apply(IReadOnlyList<Hold> holds, IReadOnlyList<HoldChange> changes)
    {
        var changed = changes.ToDictionary(change => change.Hold.Id, change => change.Hold);
        var known = holds.Select(hold => hold.Id).ToHashSet();
        return
        [
            .. holds.Select(hold => changed.GetValueOrDefault(hold.Id, hold)),
            .. changes.Where(change => !known.Contains(change.Hold.Id)).Select(change => change.Hold),
        ];
    }

    private static HoldChange? Kept(Hold hold, HoldGround ground, Circumstances now, DateTimeOffset instant)
    {
        if (hold.Lapsed)
            return Reopen(hold, ground, new ReleaseEnd(ReleaseState.Voided, $"{hold.Reason} applies to the shipment again."), instant);
        if (hold.ActiveRelease is { } release && ReleaseBinding.Broken(release, ground, now) is { } end)
            return Reopen(hold, ground, end, instant);
        return ground == hold.Ground
            ? null
            : new HoldChange(HoldChangeKind.Refreshed, hold.Touched(instant) with { Ground = ground }, null, "");
    }

    /// <summary>A release that nobody ended but time or facts.</summary>
    public static Release? Ended(Release? release, ReleaseEnd end, DateTimeOffset now) =>
        release is null ? null : release.Touched(now) with { State = end.State, CloseReason = end.Why, Changes = end.Changes };

    private static HoldChange Opened(Finding finding, HoldOrigins origins) =>
        new(HoldChangeKind.Opened, New(HoldOrigin.Finding, finding.Rule, HoldGround.Of(finding), origins), null, finding.Explanation);

    public static Hold New(HoldOrigin origin, string reason, HoldGround ground, HoldOrigins origins) => new()
    {
        Id = Guid.CreateVersion7(origins.Now),
        ShipmentId = origins.ShipmentId,
        OrderId = origins.OrderId,
        Origin = origin,
        Reason = reason,
        State = HoldState.Open,
        Ground = ground,
        DecisionId = origins.DecisionId,
        OpenedBy = origins.OpenedBy,
        Goods = origins.Goods,
        CreatedAt = origins.Now,
        UpdatedAt = origins.Now,
    };
}
