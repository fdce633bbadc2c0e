using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Outlook.Remedies;

/// <summary>Looks whether facts that are missing, once supplied, could clear a shipment, and for values that do.</summary>
internal static class RemedyFacts
{
    private const string UltimateParentFact = "ultimate_parent";
    private const string OwnerShareFact = "listed_owner_share_percent";
    private const string AnyOtherFamily = "OTHER";

    /// <summary>The facts to supply, with an example; null where none is missing, or no value was found that clears.</summary>
    public static RemedyChange.Facts? Clearing(RemedySpace space, ShipmentFacts facts, Decision decision, DateOnly day)
    {
        var names = new List<string>();
        var example = facts with { ShipDate = day, Parties = Stated(facts.Parties, names) };
        if (decision.Findings.Any(finding => finding.Effect == Effect.Undetermined))
        {
            var item = Decided(space, example, decision, day, names);
            if (item is null)
                return null;
            example = example with { Item = item };
        }

        // Whatever was found, the deciding function has the last word.
        return names.Count > 0 && space.Head.Decide(example, day, space.KnownAt).Outcome == Outcome.Cleared
            ? new RemedyChange.Facts(names, example)
            : null;
    }

    private static IReadOnlyList<Party> Stated(IReadOnlyList<Party> parties, List<string> names)
    {
        if (parties.Any(party => party.UltimateParent is null))
            names.Add(UltimateParentFact);
        if (parties.Any(Inputs.OwnershipIsUnknown))
            names.Add(OwnerShareFact);
        return names.Count == 0
            ? parties
            :
            [
                .. parties.Select(party => party with
                {
                    UltimateParent = party.UltimateParent ?? UltimateParent.None,
                    ListedOwnerSharePercent = Inputs.OwnershipIsUnknown(party) ? 0m : party.ListedOwnerSharePercent,
                }),
            ];
    }

    /// <summary>The item with values for what is not known of it that make every open test false, or null.</summary>
    private static Item? Decided(RemedySpace space, ShipmentFacts facts, Decision decision, DateOnly day, List<string> names)
    {
        var open = decision.Findings.Where(finding => finding.Effect == Effect.Undetermined).Select(finding => finding.Rule).ToHashSet();
        Condition[] tests =
        [
            .. space.Head.Rules.At(space.KnownAt).On(day).InForce.Where(bound => open.Contains(bound.Amendment.Rule)).Select(bound => bound.Item),
        ];
        var used = DecisionEngine.Resolve(facts.Item, space.KnownAt, space.Head.Catalogue);
        var inputs = Inputs.Of(facts, used);
        var any = new AnyOf(tests);
        var grid = FactGrid.Of(any, inputs);
        names.AddRange(used.Source == ItemSource.NotInCatalogue ? FactNames.All : grid.Axes.Select(axis => axis.Fact));
        for (var number = 0L; number < Math.Min(grid.Combinations, MissingFacts.CombinationsMax); number++)
        {
            var (item, family, rest) = (used.Facts, used.Family, number);
            foreach (var axis in grid.Axes)
            {
                (item, family) = axis.Set((int)(rest % axis.Count), item, family);
                rest /= axis.Count;
            }

            // The grid's blank family is any that no rule names; stated, it needs a name.
            if (any.Evaluate(inputs.With(item, family)) == Truth.False)
                return new Item(used.PartNumber, family is "" ? AnyOtherFamily : family, item);
        }

        return null;
    }
}
