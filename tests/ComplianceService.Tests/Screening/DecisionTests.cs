using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Screening;

public sealed class DecisionTests
{
    [Fact]
    public void A_decision_explains_itself_in_numbers()
    {
        var finding = Assert.Single(Pack.Decide("L40", "CN", "2024-01-10").Findings);

        Assert.Equal("rules/US-3A090-B/amendments/1", finding.Amendment);
        Assert.Equal(Certainty.Secondary, finding.Certainty);
        Assert.Equal("88 FR 73458; 89 FR 23876 (2024-04-04); 91 FR 1684 (2026-01-15)", finding.Citation);
        Assert.Contains(
            "TPP 2,896 is at least 2,400; TPP 2,896 is below 4,800; performance density 4.76 is at least 1.6 TPP/mm2",
            finding.Explanation,
            StringComparison.Ordinal);
        Assert.Contains("presumed to be denied, because the destination CN is in ARMS", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_derived_density_shows_what_it_was_derived_from()
    {
        var facts = new ItemFacts(3000, null, 700, 0, 0, true);
        var finding = Assert.Single(Pack.Decide(Pack.Shipment(new Item("X", "X", facts), "CN", "2024-01-10")).Findings);

        Assert.Contains("performance density 4.2857 (TPP 3,000 over 700 mm2) is at least 1.6 TPP/mm2", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_says_what_it_is_not()
    {
        Assert.Equal(
            ["Parties not screened: no party lists are loaded", "Test-grade rules, not legal advice"],
            Pack.Decide("H20", "DE", "2025-01-01").Notices);
        Assert.Contains(Pack.Rules.Notes.LeftOut, text => text.Contains("3A090.c", StringComparison.Ordinal));
    }

    [Fact]
    public void The_facts_used_are_copied_with_their_revision()
    {
        var used = Pack.Decide("MI308X", "CN", "2025-05-01", "AMD").ItemUsed;

        Assert.Equal(("parts/MI308X/revisions/1", "MI308X", ItemSource.Catalogue), (used.Revision, used.Family, used.Source));
        Assert.Null(used.Facts.Tpp);
        Assert.Equal(5300m, used.Facts.MemoryBandwidthGbps);
    }

    [Fact]
    public void Inline_facts_replace_the_whole_of_the_catalogue()
    {
        var used = Pack.Decide(Pack.Shipment(new Item("H20", null, new ItemFacts(Tpp: 1)), "CN", "2025-05-01")).ItemUsed;

        Assert.Equal(new ItemUsed("H20", null, new ItemFacts(Tpp: 1), ItemSource.Inline, null), used);
    }

    [Fact]
    public void The_facts_digest_is_of_the_meaning()
    {
        var facts = Pack.Shipment(new Item("X", "X", new ItemFacts(Tpp: 1600m)), "CN", "2025-05-01");
        string Of(ShipmentFacts changed) => FactsDigest.Of(changed);

        Assert.Equal(Of(facts), Of(facts with { Item = new Item("X", "X", new ItemFacts(Tpp: 1600.00m)) }));
        Assert.NotEqual(Of(facts), Of(facts with { Item = new Item("X", "X", new ItemFacts(Tpp: 1600m, IoBandwidthGbps: 0m)) }));
        Assert.NotEqual(Of(facts), Of(facts with { Item = new Item("X", "X") }));
        Assert.NotEqual(Of(facts with { DestinationCountry = "HK" }), Of(facts));
        Assert.NotEqual(Of(facts with { Parties = [Pack.EndUser("CN") with { UltimateParent = null }] }), Of(facts));
        Assert.NotEqual(Of(facts with { ShipDate = facts.ShipDate.AddDays(1) }), Of(facts));
    }

    [Fact]
    public void Every_rule_that_has_a_governing_amendment_is_listed_with_its_status()
    {
        var governing = Pack.Decide("H20", "CN", "2025-12-01").GoverningAmendments;

        Assert.Equal(11, governing.Count);
        Assert.Equal("Suspended", governing.Single(one => one.Rule == "US-2025-09-AFFILIATES").Status.ToString());
        Assert.Equal("NotEnforced", governing.Single(one => one.Rule == "US-2025-01-DIFFUSION").Status.ToString());
        Assert.DoesNotContain(governing, one => one.Rule == "US-2023-10-LETTER");
    }

    [Fact]
    public void A_verdict_without_explanation_allocates_nothing()
    {
        var facts = Pack.Shipment(new Item("H100-SXM5"), "SA", "2025-05-20", headquarters: "CN");
        var inputs = Inputs.Of(facts, DecisionEngine.Resolve(facts.Item, Pack.Today, Pack.Catalogue));
        var day = Pack.Rules.At(Pack.Today).On(facts.ShipDate);
        var fired = new List<FiredRule>(16);
        long before = 0;
        for (var i = 0; i < 2_000; i++)
        {
            if (i == 1_000)
                before = GC.GetAllocatedBytesForCurrentThread();
            fired.Clear();
            Assert.True(DecisionEngine.Evaluate(inputs, day, fired) == Outcome.Blocked);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2, fired.Count);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(null, 0)]
    [InlineData(null, -5)]
    public void A_number_out_of_range_is_refused(int? tpp, int? area)
    {
        var item = new Item("X", "X", new ItemFacts(tpp, null, area));

        Assert.Throws<ArgumentException>(() => Pack.Decide(Pack.Shipment(item, "DE", "2025-05-20")));
    }
}
