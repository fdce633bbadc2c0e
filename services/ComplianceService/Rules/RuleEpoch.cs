using System.Text;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>The rules and groups known between two recordings, cut into the intervals of ship dates on which nothing changes.</summary>
internal sealed class RuleEpoch
{
    private readonly Rule[] rules;
    private readonly GroupRow[] groups;
    private readonly DateOnly[] boundaries;
    private readonly RuleDay?[] days;

    private RuleEpoch(Rule[] rules, GroupRow[] groups)
    {
        this.rules = rules;
        this.groups = groups;
        var amendments = rules.SelectMany(rule => rule.Amendments).ToArray();
        var ends = amendments.SelectMany(amendment => (DateOnly?[])[amendment.Content.Effective.From, amendment.Content.Effective.To])
            .Concat(groups.SelectMany(row => (DateOnly?[])[row.From, row.To]));
        boundaries = [.. ends.OfType<DateOnly>().Distinct().Order()];
        days = new RuleDay?[boundaries.Length + 1];
        RuleSetDigest = DigestOf(amendments);
        GroupsDigest = DigestOf(groups);
    }

    /// <summary>Lower-case SHA-256 hex over every amendment known, in order of rule and number.</summary>
    public string RuleSetDigest { get; }

    /// <summary>Lower-case SHA-256 hex over every group row known.</summary>
    public string GroupsDigest { get; }

    /// <summary>The ship dates, in order, on which another amendment or another membership begins to count.</summary>
    public IReadOnlyList<DateOnly> Boundaries => boundaries;

    public static RuleEpoch Compile(IReadOnlyList<Rule> rules, GroupRow[] groups, DateTimeOffset knownAt)
    {
        var known = new List<Rule>();
        foreach (var rule in rules)
        {
            var amendments = rule.Amendments.Where(amendment => amendment.IsKnownAt(knownAt)).ToArray();
            if (amendments.Length > 0)
                known.Add(rule with { Amendments = amendments });
        }

        return new RuleEpoch([.. known], [.. groups.Where(row => row.IsKnownAt(knownAt))]);
    }

    public RuleDay On(DateOnly shipDate)
    {
        var found = Array.BinarySearch(boundaries, shipDate);
        var index = found >= 0 ? found + 1 : ~found;
        return days[index] ??= RuleDay.Compile(rules, groups, index == 0 ? DateOnly.MinValue : boundaries[index - 1]);
    }

    private static string DigestOf(Amendment[] amendments)
    {
        var text = new StringBuilder("rules 1\n");
        foreach (var amendment in amendments)
            text.Field("amendment", amendment.Name).Field("recorded", Canonical.Instant(amendment.RecordedAt))
                .Field("content", amendment.Content.Digest);
        return Canonical.Digest(text);
    }

    private static string DigestOf(GroupRow[] groups)
    {
        var text = new StringBuilder("groups 1\n");
        foreach (var row in groups.OrderBy(row => row.Group, StringComparer.Ordinal).ThenBy(row => row.Country, StringComparer.Ordinal)
                     .ThenBy(row => row.From).ThenBy(row => row.To).ThenBy(row => row.RecordedAt))
            text.Field("group", row.Group).Field("country", row.Country).Field("from", Canonical.Date(row.From))
                .Field("to", Canonical.Date(row.To)).Field("recorded", Canonical.Instant(row.RecordedAt))
                .Field("certainty", row.Certainty.ToString());
        return Canonical.Digest(text);
    }
}
