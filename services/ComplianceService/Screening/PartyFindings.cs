using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>Turns matches with listed parties into findings: one an entry, whichever and however many parties match it.</summary>
internal static class PartyFindings
{
    private const int DigestCharacters = 12;

    public static void Add(PartyScreening screening, List<Finding> findings)
    {
        foreach (var entry in screening.Matches.Where(match => match.ClearedBy is null).GroupBy(match => match.Entry.Id, StringComparer.Ordinal))
            findings.Add(Of(entry.Key, [.. entry]));
        if (screening.Unreadable.Count > 0)
            findings.Add(Review(
                ReviewReasons.PartyNameUnreadable, "",
                $"These names are in letters that cannot be compared with the lists; they need their names in Latin letters: {string.Join(", ", screening.Unreadable)}.",
                ""));
    }

    private static Finding Of(string entry, PartyMatch[] matches)
    {
        // The same entry in two lists is one thing to look at; the text it rests on names both contents.
        var texts = matches.Select(match => $"{match.EntryName}@{match.EntryDigest[..DigestCharacters]}").Distinct(StringComparer.Ordinal);
        var statements = matches.Select(Explain).Distinct(StringComparer.Ordinal);
        var citations = matches.Select(match => match.Entry.Citation).Where(citation => citation.Length > 0).Distinct(StringComparer.Ordinal);
        return Review(ReviewReasons.PartyMatch + entry, string.Join(',', texts), string.Join(' ', statements), string.Join("; ", citations));
    }

    private static string Explain(PartyMatch match)
    {
        var by = match.MatchedName == match.Entry.Name ? "" : $" by the name {match.MatchedName}";
        return $"{match.Party.Name} ({match.Party.Country}) matches {match.Entry.Name} of the {match.Entry.Source}{by}: score {Canonical.Number(match.Score)} of 100, "
            + $"threshold {Canonical.Number(match.Threshold)}; {Words(match.Country, "countries")}, {Words(match.Address, "addresses")}; "
            + $"listed {Window(match.Entry)}, as of {match.Snapshot}.";
    }

    private static string Words(Agreement agreement, string what) => agreement switch
    {
        Agreement.Agrees => $"{what} agree",
        Agreement.Differs => $"{what} differ",
        _ => $"{what} not compared",
    };

    private static string Window(ListEntry entry) => (entry.StartDate, entry.EndDate) switch
    {
        (null, null) => "without dates",
        ({ } start, null) => $"from {Canonical.Date(start)}",
        (null, { } end) => $"to {Canonical.Date(end)}",
        ({ } start, { } end) => $"from {Canonical.Date(start)} to {Canonical.Date(end)}",
    };

    private static Finding Review(string rule, string amendment, string explanation, string citation) =>
        new(rule, amendment, Effect.Review, ReviewPolicy.None, [], explanation, citation, null, "");
}
