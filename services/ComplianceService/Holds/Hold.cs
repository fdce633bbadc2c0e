using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Holds;

internal enum HoldState
{
    Open,
    ReleaseProposed,
    Settled,
    Voided,
}

internal enum HoldOrigin
{
    /// <summary>A finding of a decision; it lives and dies with the finding.</summary>
    Finding,

    /// <summary>The goods departed on a day they should not have.</summary>
    Departure,

    /// <summary>Staff placed it.</summary>
    Hand,

    /// <summary>A check of compliance's own beside the rules opened it.</summary>
    Check,
}

/// <summary>Why a shipment is held. Effect is null for a hold placed by hand; missing facts are separated by commas.</summary>
internal sealed record HoldGround(
    Effect? Effect, ReviewPolicy ReviewPolicy, string MissingFacts, string Explanation, string Citation, string Amendment)
{
    public static HoldGround Of(Finding finding) => new(
        finding.Effect,
        finding.ReviewPolicy,
        string.Join(',', finding.MissingFacts),
        finding.Explanation,
        finding.Citation,
        finding.Amendment);

    public static HoldGround InWords(Effect? effect, string explanation) => new(effect, ReviewPolicy.None, "", explanation, "", "");

    /// <summary>True where the ground alone makes the shipment BLOCKED and not merely HELD.</summary>
    public bool Blocks => Effect is { } effect && Outcomes.Of(effect, ReviewPolicy) == Outcome.Blocked;
}

/// <summary>One reason for which a shipment may not leave, with the releases proposed for it, oldest first.</summary>
internal sealed record Hold
{
    public required Guid Id { get; init; }

    public required Guid ShipmentId { get; init; }

    public required Guid OrderId { get; init; }

    public required HoldOrigin Origin { get; init; }

    /// <summary>A rule, a check, or a reason given by hand: one hold a shipment and reason.</summary>
    public required string Reason { get; init; }

    public required HoldState State { get; init; }

    /// <summary>The last decision did not find its reason any more; somebody has to confirm that before the shipment may leave.</summary>
    public bool Lapsed { get; init; }

    public required HoldGround Ground { get; init; }

    /// <summary>The decision that opened it; null for one placed by hand.</summary>
    public Guid? DecisionId { get; init; }

    /// <summary>Who works on it; blank while nobody does.</summary>
    public string Owner { get; init; } = "";

    public required string OpenedBy { get; init; }

    public string CloseReason { get; init; } = "";

    public required HoldGoods Goods { get; init; }

    public long Version { get; init; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public IReadOnlyList<Release> Releases { get; init; } = [];

    /// <summary>The release that is proposed or approved; there is never more than one.</summary>
    public Release? ActiveRelease => Releases.FirstOrDefault(release => release.IsActive);

    public bool IsActive => State != HoldState.Voided;

    /// <summary>True while it keeps the shipment from leaving.</summary>
    public bool IsUnsettled => State is HoldState.Open or HoldState.ReleaseProposed;

    /// <summary>True where it makes the shipment BLOCKED; a rule that no longer applies forbids nothing.</summary>
    public bool Blocks => !Lapsed && Ground.Blocks;

    public HoldClass Class => HoldClasses.Of(Origin, Reason);

    /// <summary>The next version of the hold.</summary>
    public Hold Touched(DateTimeOffset now) => this with { Version = Version + 1, UpdatedAt = now };

    /// <summary>The hold with another state of one of its releases.</summary>
    public Hold With(Release changed) => this with
    {
        Releases = [.. Releases.Select(release => release.Id == changed.Id ? changed : release)],
    };
}
