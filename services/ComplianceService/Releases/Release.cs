using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Releases;

internal enum ReleaseState
{
    Proposed,
    Approved,
    Rejected,
    Voided,
    Expired,
}

/// <summary>One person's proposal to settle a hold, what it relies on, and what a second person made of it.</summary>
internal sealed record Release
{
    public required Guid Id { get; init; }

    public required Guid HoldId { get; init; }

    public required ReleaseState State { get; init; }

    public required string ReasonCode { get; init; }

    public required string Note { get; init; }

    /// <summary>The licence it rests on; null for a reasoned release.</summary>
    public Guid? LicenceId { get; init; }

    public required DateOnly FirstShipDate { get; init; }

    public required DateOnly LastShipDate { get; init; }

    public required string ProposedBy { get; init; }

    public string DecidedBy { get; init; } = "";

    public DateTimeOffset? DecidedAt { get; init; }

    public string CloseReason { get; init; } = "";

    /// <summary>Digest of the facts without the ship date: the window stands for it.</summary>
    public required string FactsDigest { get; init; }

    /// <summary>The facts behind the digest; null where they were not kept.</summary>
    public ShipmentFacts? Facts { get; init; }

    /// <summary>What of it had changed when it ended.</summary>
    public IReadOnlyList<ReleaseChange> Changes { get; init; } = [];

    /// <summary>When its last ship date is over at the place of export; null: it ends with what it is about.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The amendment the hold stood on, or the one that governs where the rule no longer applies; blank where there is none.</summary>
    public required string Amendment { get; init; }

    /// <summary>What the rule did; null for a hold placed by hand.</summary>
    public required Effect? Effect { get; init; }

    public long Version { get; init; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>True where it only confirms that the hold's reason is gone.</summary>
    public bool IsConfirmation => ReasonCode == Clearance.ReasonCode;

    public bool IsActive => State is ReleaseState.Proposed or ReleaseState.Approved;

    /// <summary>The next version of the release.</summary>
    public Release Touched(DateTimeOffset now) => this with { Version = Version + 1, UpdatedAt = now };

    public bool Covers(DateOnly shipDate) => FirstShipDate <= shipDate && shipDate <= LastShipDate;
}
