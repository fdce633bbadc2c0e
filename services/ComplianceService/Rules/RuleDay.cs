using OrderTracking.ComplianceService.Rules.Index;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>An IN_FORCE amendment ready to be evaluated: its places are resolved for the day.</summary>
internal sealed record BoundAmendment(Amendment Amendment, Condition Scope, Condition Item, Policy Policy);

/// <summary>What governs on an interval of ship dates: one amendment a rule at most, by rule id.</summary>
internal sealed class RuleDay
{
    private RuleDay(IReadOnlyList<GoverningAmendment> governing, BoundAmendment[] inForce)
    {
        Governing = governing;
        InForce = inForce;
        Index = new RuleIndex(inForce);
    }

    /// <summary>The governing amendment of every rule that has one, whatever its status.</summary>
    public IReadOnlyList<GoverningAmendment> Governing { get; }

    /// <summary>Those that apply.</summary>
    public IReadOnlyList<BoundAmendment> InForce { get; }

    /// <summary>The same, by what they ask for.</summary>
    public RuleIndex Index { get; }

    public static RuleDay Compile(Rule[] known, GroupRow[] groups, DateOnly shipDate)
    {
        var members = new DayPlaces(groups, shipDate);
        var governing = new List<GoverningAmendment>();
        var inForce = new List<BoundAmendment>();
        foreach (var rule in known)
        {
            if (rule.Governing(shipDate, DateTimeOffset.MaxValue) is not { } amendment)
                continue;
            var content = amendment.Content;
            governing.Add(new GoverningAmendment(rule.Id, amendment.Name, content.Status, content.Digest));
            if (content.Status == AmendmentStatus.InForce)
                inForce.Add(new BoundAmendment(
                    amendment, content.Scope!.Bind(members), content.Item!.Bind(members), content.Policy!.Bind(members)));
        }

        return new RuleDay(governing, [.. inForce]);
    }

    /// <summary>Group membership on one day. Sets are resolved once and shared by all conditions that name them.</summary>
    private sealed class DayPlaces : IPlaceMembers
    {
        private readonly Dictionary<string, CountrySet> groups = new(StringComparer.Ordinal);
        private readonly Dictionary<PlaceSet, CountrySet> resolved = [];

        public DayPlaces(GroupRow[] rows, DateOnly shipDate)
        {
            foreach (var row in rows)
            {
                if (!groups.TryGetValue(row.Group, out var members))
                    groups.Add(row.Group, members = new CountrySet());
                if (new EffectiveWindow(row.From, row.To).Contains(shipDate))
                    members.Add(CountrySet.IndexOf(row.Country));
            }
        }

        public CountrySet Of(PlaceSet places)
        {
            if (resolved.TryGetValue(places, out var known))
                return known;
            var members = new CountrySet();
            foreach (var term in places.Include)
                members.Add(Of(term));
            foreach (var term in places.Except)
                members.Remove(Of(term));
            resolved.Add(places, members);
            return members;
        }

        private CountrySet Of(PlaceTerm term)
        {
            if (term.Set is { } set)
                return Of(set);
            if (term.Group is { } group)
                return groups.GetValueOrDefault(group) ?? new CountrySet();
            var one = new CountrySet();
            one.Add(CountrySet.IndexOf(term.Country!));
            return one;
        }
    }
}
