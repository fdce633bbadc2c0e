using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>
/// One rule that applies, or one reason for review. Amendment is <c>rules/{rule}/amendments/{n}</c>; it, citation and certainty are
/// empty for the findings that no rule makes (<see cref="ReviewReasons"/>). Missing facts carry the names of the facts table.
/// </summary>
internal sealed record Finding(
    string Rule,
    string Amendment,
    Effect Effect,
    ReviewPolicy ReviewPolicy,
    IReadOnlyList<string> MissingFacts,
    string Explanation,
    string Citation,
    Certainty? Certainty,
    string CertaintyNote);

/// <summary>The amendment that governs a rule on the ship date as known at the knowledge date; only IN_FORCE ones can fire.</summary>
internal sealed record GoverningAmendment(string Rule, string Amendment, AmendmentStatus Status, string Digest);

/// <summary>Digests are lower-case SHA-256 hex of what was known at the knowledge date, never of more.</summary>
internal sealed record Decision(
    Outcome Outcome,
    IReadOnlyList<Finding> Findings,
    string FactsDigest,
    string RuleSetDigest,
    string CatalogueDigest,
    string GroupsDigest,
    IReadOnlyList<GoverningAmendment> GoverningAmendments,
    DateOnly ShipDate,
    DateTimeOffset KnownAt,
    ItemUsed ItemUsed,
    IReadOnlyList<string> Notices,
    string EngineVersion)
{
    /// <summary>Of country groups alone while no party list was known, else of them and of lists, threshold and clearances.</summary>
    public string ListsDigest { get; init; } = GroupsDigest;

    /// <summary>Cleared ones too.</summary>
    public IReadOnlyList<PartyMatch> PartyMatches { get; init; } = [];
}

/// <summary>Findings that stand beside the rules; they use the place of a rule's id.</summary>
internal static class ReviewReasons
{
    public const string ParentNotStated = "PARENT_NOT_STATED";
    public const string OwnershipUnknown = "OWNERSHIP_UNKNOWN";
    public const string PartNotInCatalogue = "PART_NOT_IN_CATALOGUE";

    /// <summary>A party's name is in letters that cannot be compared with the lists'.</summary>
    public const string PartyNameUnreadable = "PARTY_NAME_UNREADABLE";

    /// <summary>A party matches a listed one; the entry's id follows.</summary>
    public const string PartyMatch = "PARTY_MATCH/";
}
