namespace OrderTracking.ComplianceService.Lists.Matching;

/// <summary>The names an entry is found by.</summary>
internal static class ListedNames
{
    private const string AlsoKnownAs = "a.k.a.";

    /// <summary>
    /// Name and aliases; where one brings more in parentheses, or other names behind a.k.a., these names too. A word alone in parentheses
    /// is no name: too many companies have the same three letters.
    /// </summary>
    public static IEnumerable<string> Of(ListEntry entry) =>
        entry.Aliases.Prepend(entry.Name).SelectMany(Variants).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Variants(string name)
    {
        // "...; and any successor, sub-unit, or subsidiary thereof" is no part of a name.
        var listed = name.Split(';')[0].Trim();
        yield return listed;
        var open = listed.IndexOf('(', StringComparison.Ordinal);
        var close = listed.LastIndexOf(')');
        if (open >= 0 && close > open)
        {
            yield return $"{listed[..open]} {listed[(close + 1)..]}".Trim();
            if (listed[(open + 1)..close].Trim() is var inside && inside.Contains(' ', StringComparison.Ordinal))
                yield return inside;
        }

        var also = listed.IndexOf(AlsoKnownAs, StringComparison.OrdinalIgnoreCase);
        if (also > 0)
        {
            yield return listed[..also].Trim(' ', ',', '(');
            yield return listed[(also + AlsoKnownAs.Length)..].Trim(' ', ',', ')');
        }
    }
}
