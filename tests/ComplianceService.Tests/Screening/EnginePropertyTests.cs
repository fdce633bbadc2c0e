using System.Globalization;
using CsCheck;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Screening;

public sealed class EnginePropertyTests
{
    private static readonly string[] Places = ["CN", "HK", "MO", "RU", "IR", "SG", "DE", "AE", "SA", "VN", "NI", "KH", "US", "IL", "TW"];

    private static readonly Gen<decimal> Tpp = Gen.OneOfConst(0m, 1599m, 1600m, 2399m, 2400m, 4799m, 4800m, 20999m, 21000m);
    private static readonly Gen<decimal> Density = Gen.OneOfConst(0m, 1.59m, 1.6m, 3.19m, 3.2m, 5.91m, 5.92m, 20m);
    private static readonly Gen<decimal> Bandwidth = Gen.OneOfConst(0m, 300m, 599m, 600m, 899m, 900m, 1100m, 1400m, 1700m, 3999m, 4000m, 6500m);

    private static readonly Gen<ItemFacts> KnownFacts =
        from tpp in Tpp
        from density in Density
        from io in Bandwidth
        from memory in Bandwidth
        from dataCenter in Gen.Bool
        select new ItemFacts(tpp, density, null, io, memory, dataCenter);

    private static readonly Gen<ShipmentFacts> KnownShipments =
        from facts in KnownFacts
        from family in Gen.OneOfConst("A100", "H100", "H20", "MI308X", "OTHER")
        from exporter in Gen.OneOfConst("NVIDIA", "AMD", "INTEL", "OTHER")
        from destination in Gen.OneOfConst(Places)
        from headquarters in Gen.OneOfConst(Places).Array[0, 3]
        from movement in Gen.Enum<Movement>()
        from day in Gen.Int[0, 2200]
        select new ShipmentFacts(
            new Item("X", family, facts), exporter, new PlaceOfExport("US", "America/Los_Angeles"), destination, movement,
            [.. headquarters.Select(country => Pack.EndUser(country))], new DateOnly(2021, 6, 1).AddDays(day));

    private static readonly Gen<DateTimeOffset> Instants =
        from day in Gen.Int[0, 2200]
        select new DateTimeOffset(2021, 6, 1, 12, 0, 0, TimeSpan.Zero).AddDays(day);

    [Fact]
    public void Facts_fully_known_never_leave_anything_undetermined()
    {
        Gen.Select(KnownShipments, Instants).Sample((facts, known) =>
            Pack.Decide(facts, known).Findings.All(finding => finding.Effect != Effect.Undetermined && finding.MissingFacts.Count == 0));
    }

    [Fact]
    public void Without_a_fact_something_is_left_undetermined_sometimes()
    {
        var facts = Pack.Shipment(new Item("X", "X", new ItemFacts(null, 1m, null, 0m, 0m, true)), "CN", "2024-01-10");

        Assert.Contains(Pack.Decide(facts).Findings, finding => finding.Effect == Effect.Undetermined);
    }

    [Fact]
    public void An_amendment_recorded_later_never_changes_an_earlier_decision()
    {
        Gen.Select(KnownShipments, Instants, Gen.OneOfConst(Pack.Files.Rules.ToArray()), Gen.Int[1, 500]).Sample((facts, known, rule, days) =>
        {
            var destination = Countries.ReadByRules(facts.DestinationCountry);
            var text = Pack.InForce("always", destination, "PROHIBITED");
            var later = Pack.Amendment(rule.Id, rule.Amendments.Count + 1, known.AddDays(days), text);
            var rules = RuleSnapshot.Build(Pack.Files, [later], []);
            return DecisionText.Of(Pack.Decide(facts, known)) == DecisionText.Of(Pack.Decide(facts, known, rules));
        }, iter: 300);
    }

    [Fact]
    public void Hong_Kong_is_decided_as_China()
    {
        Gen.Select(KnownShipments, Instants).Sample((facts, known) =>
        {
            var china = facts with { DestinationCountry = "CN", Parties = [Pack.EndUser("CN")] };
            var hongKong = facts with { DestinationCountry = "HK", Parties = [Pack.EndUser("HK")] };
            return Pack.Fired(Pack.Decide(china, known)) == Pack.Fired(Pack.Decide(hongKong, known));
        });
    }

    [Fact]
    public void Macau_is_not_decided_as_China_always()
    {
        Assert.NotEqual(Pack.Decide("H100-SXM5", "MO", "2023-01-16").Outcome, Pack.Decide("H100-SXM5", "CN", "2023-01-16").Outcome);
    }

    [Fact]
    public void A_decision_is_the_same_in_every_culture_and_every_time()
    {
        Gen.Select(KnownShipments, Instants).Sample((facts, known) =>
        {
            var here = CultureInfo.CurrentCulture;
            var first = DecisionText.Of(Pack.Decide(facts, known));
            try
            {
                CultureInfo.CurrentCulture = new CultureInfo("de-DE");
                var loadedAgain = RuleSnapshot.Build(RulePackFiles.Load(RulePackFiles.DefaultDirectory), [], []);
                return first == DecisionText.Of(Pack.Decide(facts, known, loadedAgain));
            }
            finally
            {
                CultureInfo.CurrentCulture = here;
            }
        }, iter: 30);
    }

    [Fact]
    public void Making_a_fact_unknown_never_clears_a_shipment()
    {
        Gen.Select(KnownShipments, Instants, Gen.Int[0, 5]).Sample((facts, known, which) =>
        {
            var item = facts.Item.Facts!;
            var less = facts with
            {
                Item = new Item("X", which == 5 ? null : facts.Item.Family, which switch
                {
                    0 => item with { Tpp = null },
                    1 => item with { PerformanceDensity = null },
                    2 => item with { IoBandwidthGbps = null },
                    3 => item with { MemoryBandwidthGbps = null },
                    4 => item with { DesignedForDataCenter = null },
                    _ => item,
                }),
            };
            return Pack.Decide(facts, known).Outcome == Outcome.Cleared || Pack.Decide(less, known).Outcome != Outcome.Cleared;
        });
    }

    [Fact]
    public void Named_facts_are_those_a_search_over_values_finds()
    {
        Gen.Select(KnownFacts, Gen.Bool.Array[5], Gen.OneOfConst("A090", "B090")).Sample((known, hidden, name) =>
        {
            var facts = new ItemFacts(
                hidden[0] ? null : known.Tpp, hidden[1] ? null : known.PerformanceDensity, null, 0, 0, hidden[4] ? null : known.DesignedForDataCenter);
            var test = Pack.Files.Vocabulary.Tests[name];
            var inputs = Inputs.Of(
                Pack.Shipment(new Item("X"), "CN", "2024-01-10"), new ItemUsed("X", null, facts, ItemSource.Inline, null));
            return test.Evaluate(inputs) != Truth.Unknown || MissingFacts.Of(test, inputs).SequenceEqual(Searched(test, inputs));
        });
    }

    /// <summary>The definition by the letter over a hand-picked grid: change one fact, keep the others, and look.</summary>
    private static IEnumerable<string> Searched(Condition test, Inputs inputs)
    {
        decimal[] tpps = [0, 1599, 1600, 2399, 2400, 4799, 4800, 9999];
        decimal[] densities = [0, 1.59m, 1.6m, 3.19m, 3.2m, 5.91m, 5.92m, 99];
        var given = inputs.Used.Facts;
        var points = from tpp in given.Tpp is { } t ? [t] : tpps
                     from density in given.PerformanceDensity is { } d ? [d] : densities
                     from dataCenter in given.DesignedForDataCenter is { } c ? [c] : new[] { false, true }
                     select new ItemFacts(tpp, density, null, 0, 0, dataCenter);
        var answers = points.ToDictionary(point => point, point => test.Evaluate(inputs.With(point, null)));
        bool Turns(Func<ItemFacts, ItemFacts> without) =>
            answers.GroupBy(entry => without(entry.Key)).Any(group => group.Select(entry => entry.Value).Distinct().Count() > 1);
        if (Turns(point => point with { Tpp = null }))
            yield return "tpp";
        if (Turns(point => point with { PerformanceDensity = null }))
            yield return "performance_density";
        if (Turns(point => point with { DesignedForDataCenter = null }))
            yield return "designed_for_data_center";
    }
}
