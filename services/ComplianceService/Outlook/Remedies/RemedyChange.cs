using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Outlook.Remedies;

/// <summary>What kind of change makes a shipment lawful, in the order remedies are given in.</summary>
internal enum RemedyKind
{
    Date,
    Licence,
    Settle,
    Facts,
    Part,
    Destination,
}

/// <summary>A rule and the licence that covers the shipment for it.</summary>
internal sealed record CoveredRule(string Rule, Guid LicenceId, string LicenceNumber, long QuantityLeft);

/// <summary>One change of a shipment, or of what stands behind it.</summary>
internal abstract record RemedyChange(RemedyKind Kind)
{
    /// <summary>Another ship date.</summary>
    public sealed record Date(DateOnly Day) : RemedyChange(RemedyKind.Date);

    /// <summary>Registered licences that cover every licence requirement.</summary>
    public sealed record Licence(IReadOnlyList<CoveredRule> Rules) : RemedyChange(RemedyKind.Licence);

    /// <summary>A reasoned release, by two people, of findings that ask for a look.</summary>
    public sealed record Settle(IReadOnlyList<string> Rules) : RemedyChange(RemedyKind.Settle);

    /// <summary>Facts that are missing, with an example of values that clear.</summary>
    /// <param name="Names">As missing facts are named; <c>ultimate_parent</c> and <c>listed_owner_share_percent</c> for parties.</param>
    public sealed record Facts(IReadOnlyList<string> Names, ShipmentFacts Example) : RemedyChange(RemedyKind.Facts);

    /// <summary>Another part of the same vendor.</summary>
    /// <param name="Distance">How unlike it is, from 0 to 2: the differences of TPP and of memory bandwidth, each from 0 to 1.</param>
    public sealed record Part(string PartNumber, decimal Distance) : RemedyChange(RemedyKind.Part);

    /// <summary>Another destination: one where a party is.</summary>
    public sealed record Destination(string Country) : RemedyChange(RemedyKind.Destination);
}

/// <summary>Changes that together make it lawful, and none of which can be left out.</summary>
internal sealed record Remedy(IReadOnlyList<RemedyChange> Changes, Decision After);

/// <summary>What was tried of one kind alone, and the rules that stood against it.</summary>
internal sealed record RemedyAttempt(RemedyKind Kind, int Tried, IReadOnlyList<string> Rules);
