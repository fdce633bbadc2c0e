using CsCheck;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Index;
using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Screening;

/// <summary>Looking rules up gives what asking each of them gives, whatever their conditions are.</summary>
public sealed class RuleIndexTests
{
    private static readonly string[] Countries = ["CN", "MO", "RU", "IR", "SG", "DE", "US"];

    private static readonly Gen<string> Leaf = Gen.OneOf(
        from places in Some(Countries) select $"{{ destination: [{places}] }}",
        from places in Some(Countries) select $"{{ headquarters: [{places}] }}",
        from places in Some(["US", "TW", "DE"]) select $"{{ place_of_export: [{places}] }}",
        from names in Some(["NVIDIA", "AMD", "INTEL"]) select $"{{ exporter: [{names}] }}",
        from movements in Some(["EXPORT", "REEXPORT", "TRANSFER"]) select $"{{ movement: [{movements}] }}",
        from share in Gen.OneOfConst(25, 50, 51) select $"{{ listed_owner_share: {{ at_least: {share} % }} }}",
        Gen.Const("any"));

    private static readonly Gen<string> Item = Gen.OneOf(
        Gen.Const("any"),
        from tpp in Gen.OneOfConst(1600, 2400, 4800) select $"{{ tpp: {{ at_least: {tpp} TPP }} }}",
        from names in Some(["H20", "H100"]) select $"{{ family: [{names}] }}");

    private static readonly Gen<string[]> RuleSets =
        from scopes in Tree(3).Array[1, 90]
        from items in Item.Array[90]
        select scopes.Select((scope, at) => $"""
            status: IN_FORCE
            effective: always
            scope: {scope}
            item: {items[at]}
            policy: {(at % 3 == 0 ? "PRESUMPTION_OF_DENIAL" : at % 3 == 1 ? "CASE_BY_CASE" : "PROHIBITED")}
            citation: none
            source: test
            certainty: confirmed
            sentence: A rule.
            """).ToArray();

    private static readonly Gen<ShipmentFacts> Shipments =
        from tpp in Gen.OneOfConst<decimal?>(null, 0m, 1600m, 2399m, 4800m)
        from family in Gen.OneOfConst<string?>(null, "H20", "H100", "OTHER")
        from exporter in Gen.OneOfConst("NVIDIA", "nvidia", "AMD", "OTHER")
        from origin in Gen.OneOfConst("US", "TW", "DE")
        from destination in Gen.OneOfConst("CN", "HK", "MO", "RU", "IR", "SG", "DE", "JP")
        from seats in Gen.OneOfConst("CN", "MO", "RU", "SG", "DE", "JP").Array[0, 3]
        from movement in Gen.Enum<Movement>()
        from share in Gen.OneOfConst<decimal?>(null, 24.9m, 25m, 50m, 51m, 100m)
        select new ShipmentFacts(
            new Item("X", family, new ItemFacts(tpp)), exporter, new PlaceOfExport(origin, "UTC"), destination, movement,
            [.. seats.Select(country => Pack.EndUser(country, share: share))], Pack.Day("2025-01-01"));

    [Fact]
    public void Looked_up_or_asked_one_by_one_the_same_rules_apply_in_the_same_order() =>
        Gen.Select(RuleSets, Shipments.Array[20]).Sample(
            (rules, shipments) =>
            {
                var day = Day(rules);
                foreach (var facts in shipments)
                {
                    var inputs = InputsOf(facts);
                    var (fired, expected) = (new List<FiredRule>(), new List<FiredRule>());
                    Assert.Equal(OneByOne(inputs, day, expected), day.Index.AddFired(inputs, Outcome.Cleared, fired));
                    Assert.Equal(expected.Select(Words), fired.Select(Words));
                }
            },
            iter: 300);

    [Fact]
    public void Headquarters_in_two_sets_may_be_those_of_two_parties()
    {
        var day = Day(["""
            status: IN_FORCE
            effective: always
            scope: { all_of: [{ headquarters: [CN] }, { headquarters: [RU] }] }
            item: any
            policy: PROHIBITED
            citation: none
            source: test
            certainty: confirmed
            sentence: A rule.
            """]);
        var facts = Pack.Shipment(new Item("X", "X", new ItemFacts()), "DE", "2025-01-01");
        Assert.Equal(Outcome.Blocked, day.Index.AddFired(InputsOf(facts with { Parties = [Pack.EndUser("CN"), Pack.EndUser("RU")] }), Outcome.Cleared, []));
        Assert.Equal(Outcome.Cleared, day.Index.AddFired(InputsOf(facts with { Parties = [Pack.EndUser("CN")] }), Outcome.Cleared, []));
    }

    private static Gen<string> Tree(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            from parts in Tree(depth - 1).Array[1, 3] select $"{{ all_of: [{string.Join(", ", parts)}] }}",
            from parts in Tree(depth - 1).Array[1, 3] select $"{{ any_of: [{string.Join(", ", parts)}] }}",
            from part in Tree(depth - 1) select $"{{ not: {part} }}");

    private static Gen<string> Some(string[] names) => from chosen in Gen.OneOfConst(names).Array[1, 3] select string.Join(", ", chosen.Distinct());

    private static RuleDay Day(string[] rules) => RuleSnapshot
        .Build(Pack.Files with { Rules = [] }, rules.Select((text, at) => Pack.Amendment($"TEST-{at:D3}", 1, Pack.StartOf("2020-01-01"), text)), [])
        .At(Pack.Today).On(Pack.Day("2025-01-01"));

    private static Inputs InputsOf(ShipmentFacts facts) => Inputs.Of(facts, DecisionEngine.Resolve(facts.Item, Pack.Today, Pack.Catalogue));

    private static string Words(FiredRule fired) => $"{fired.Bound.Amendment.Rule} {fired.Effect} {fired.ReviewPolicy}";

    private static Outcome OneByOne(Inputs inputs, RuleDay day, List<FiredRule> fired)
    {
        var outcome = Outcome.Cleared;
        foreach (var bound in day.InForce)
        {
            var item = bound.Item.Evaluate(inputs);
            if (bound.Scope.Evaluate(inputs) != Truth.True || item == Truth.False)
                continue;
            var answer = item == Truth.Unknown ? new PolicyAnswer(Effect.Undetermined, ReviewPolicy.None) : bound.Policy.Evaluate(inputs);
            fired.Add(new FiredRule(bound, answer.Effect, answer.ReviewPolicy));
            outcome = (Outcome)Math.Max((int)outcome, (int)Outcomes.Of(answer.Effect, answer.ReviewPolicy));
        }

        return outcome;
    }
}
