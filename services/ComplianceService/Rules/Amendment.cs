using System.Globalization;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

internal enum AmendmentStatus
{
    InForce,
    Suspended,
    NotEnforced,
    Repealed,
}

/// <summary>Ship dates an amendment governs: from inclusive, to exclusive, null is open.</summary>
internal sealed record EffectiveWindow(DateOnly? From, DateOnly? To)
{
    public static EffectiveWindow Always { get; } = new(null, null);

    public bool Contains(DateOnly shipDate) => (From is null || shipDate >= From) && (To is null || shipDate < To);

    public bool Overlaps(EffectiveWindow other) =>
        (From is null || other.To is null || From < other.To) && (other.From is null || To is null || other.From < To);
}

/// <summary>
/// What an amendment says. Scope, item and policy are null unless it is IN_FORCE: the other statuses fire nothing. Digest is the
/// lower-case SHA-256 hex of the parsed content, so layout and comments of the text do not count.
/// </summary>
internal sealed record AmendmentContent(
    AmendmentStatus Status,
    EffectiveWindow Effective,
    Condition? Scope,
    Condition? Item,
    Policy? Policy,
    string Citation,
    string Source,
    Certainty Certainty,
    string CertaintyNote,
    string Sentence)
{
    public string Digest { get; } =
        AmendmentDigest.Of(Status, Effective, Scope, Item, Policy, [Citation, Source, CertaintyNote, Sentence], Certainty);
}

/// <summary>A recorded amendment. Number is its place in the rule's stack from 1; recorded null is always known.</summary>
internal sealed record Amendment(string Rule, int Number, DateTimeOffset? RecordedAt, AmendmentContent Content)
{
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"rules/{Rule}/amendments/{Number}");

    public bool IsKnownAt(DateTimeOffset knownAt) => RecordedAt is null || RecordedAt <= knownAt;
}

/// <summary>A rule: a stack of amendments in order of their numbers.</summary>
internal sealed record Rule(string Id, string Title, IReadOnlyList<Amendment> Amendments)
{
    /// <summary>
    /// The governing amendment: recorded last among those known whose window contains the ship date; of two recorded at the same instant
    /// the later in the stack.
    /// </summary>
    public Amendment? Governing(DateOnly shipDate, DateTimeOffset knownAt)
    {
        Amendment? governing = null;
        foreach (var amendment in Amendments)
        {
            if (!amendment.IsKnownAt(knownAt) || !amendment.Content.Effective.Contains(shipDate))
                continue;
            if (governing is null || Nullable.Compare(amendment.RecordedAt, governing.RecordedAt) >= 0)
                governing = amendment;
        }

        return governing;
    }
}
