using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Screening;

/// <summary>The thresholds at, just below and just above, on days with one amendment of each rule in force.</summary>
public sealed class BoundaryTests
{
    public static TheoryData<double, double, bool, string> Densities() => new()
    {
        // TPP, performance density, for data centers, which paragraph of 3A090
        { 4800, 0, true, "A" },
        { 4799.999, 5.92, true, "A" },
        { 4799.999, 5.919, true, "B" },
        { 4799.999, 1.6, true, "B" },
        { 4799.999, 1.599, true, "" },
        { 2400, 1.6, true, "B" },
        { 2399.999, 1.6, true, "" },
        { 2399.999, 3.2, true, "B" },
        { 2399.999, 3.199, true, "" },
        { 1600, 5.92, true, "A" },
        { 1599.999, 5.92, true, "" },
        { 1600, 3.2, true, "B" },
        { 1599.999, 3.2, true, "" },
        { 4800, 0, false, "A" },
        { 4799.999, 5.92, false, "" },
        { 4799.999, 3.2, false, "" },
        { 0, 0, true, "" },
    };

    [Theory]
    [MemberData(nameof(Densities))]
    public void Paragraphs_a_and_b_of_3A090_meet_exactly(double tpp, double density, bool dataCenter, string paragraph)
    {
        var facts = new ItemFacts((decimal)tpp, (decimal)density, null, 0, 0, dataCenter);
        var fired = Pack.Fired(Pack.Decide(Pack.Shipment(new Item("X", "X", facts), "CN", "2024-01-10")));

        Assert.Equal(paragraph.Length == 0 ? "" : $"US-3A090-{paragraph}:PRESUMPTION_OF_DENIAL", fired);
    }

    [Theory]
    [InlineData(17.76, 3, "A")]
    [InlineData(17.759999, 3, "B")]
    [InlineData(3, 1.6, "")]
    public void A_derived_density_is_not_rounded(double tpp, double thousandths, string paragraph)
    {
        // TPP in hundreds over an area in hundreds: 1776 / 300 is 5.92 exactly.
        var facts = new ItemFacts((decimal)tpp * 100m, null, (decimal)thousandths * 100m, 0, 0, true);
        var fired = Pack.Fired(Pack.Decide(Pack.Shipment(new Item("X", "X", facts), "CN", "2024-01-10")));

        Assert.Equal(paragraph.Length == 0 ? "" : $"US-3A090-{paragraph}:PRESUMPTION_OF_DENIAL", fired);
    }

    [Fact]
    public void A_given_density_wins_over_the_derived_one()
    {
        var facts = new ItemFacts(2000, 1, 100, 0, 0, true);

        Assert.Equal("", Pack.Fired(Pack.Decide(Pack.Shipment(new Item("X", "X", facts), "CN", "2024-01-10"))));
    }

    [Theory]
    [InlineData(600, 4800, true)]
    [InlineData(599.999, 4800, false)]
    [InlineData(600, 4799.999, false)]
    public void The_rule_of_2022_needs_both(double io, double tpp, bool fires)
    {
        var facts = new ItemFacts((decimal)tpp, 1, null, (decimal)io, 0, true);
        var fired = Pack.Fired(Pack.Decide(Pack.Shipment(new Item("X", "X", facts), "CN", "2022-12-01")));

        Assert.Equal(fires ? "US-2022-10-IFR:PRESUMPTION_OF_DENIAL" : "", fired);
    }

    [Theory]
    [InlineData("NVIDIA", 4000, 0, true)]
    [InlineData("NVIDIA", 3999.9, 900, true)]
    [InlineData("NVIDIA", 3999.9, 899.9, false)]
    [InlineData("AMD", 9000, 9000, false)]
    [InlineData("INTEL", 1400, 0, true)]
    [InlineData("INTEL", 1399.9, 1100, true)]
    [InlineData("INTEL", 1399.9, 300.1, true)]
    [InlineData("INTEL", 1399.9, 300, false)]
    public void Letters_bind_their_addressee_at_their_numbers(string exporter, double memory, double io, bool fires)
    {
        var facts = new ItemFacts(0, 0, null, (decimal)io, (decimal)memory, true);
        var fired = Pack.Fired(Pack.Decide(Pack.Shipment(new Item("X", "X", facts), "CN", "2025-04-15", exporter)));

        Assert.Equal(fires ? $"US-2025-04-{exporter}-LETTER:UNSTATED" : "", fired);
    }

    [Theory]
    [InlineData(20999.9, 6499.9, "CASE_BY_CASE")]
    [InlineData(21000, 6499.9, "PRESUMPTION_OF_DENIAL")]
    [InlineData(20999.9, 6500.0, "PRESUMPTION_OF_DENIAL")]
    [InlineData(20999.9, null, "PRESUMPTION_OF_DENIAL")]
    public void The_review_policy_of_2026_needs_both_and_unknown_is_not_met(double tpp, double? memory, string policy)
    {
        var facts = new ItemFacts((decimal)tpp, 20, null, 0, (decimal?)memory, true);
        var fired = Pack.Fired(Pack.Decide(Pack.Shipment(new Item("X", "X", facts), "MO", "2026-01-15", "AMD")));

        Assert.Equal("US-3A090-A:" + policy, fired);
    }

    [Theory]
    [InlineData("2024-03-14", "")]
    [InlineData("2024-03-15", "US-3A090-A:PRESUMPTION_OF_DENIAL")]
    public void A_country_joins_a_group_on_its_day(string shipDate, string fired)
    {
        Assert.Equal(fired, Pack.Fired(Pack.Decide("H100-SXM5", "NI", shipDate)));
    }

    [Theory]
    [InlineData("2025-11-06", "US-3A090-A:PRESUMPTION_OF_DENIAL")]
    [InlineData("2025-11-07", "US-3A090-A:PRESUMPTION_OF_APPROVAL")]
    public void A_country_leaves_a_group_on_its_day(string shipDate, string fired)
    {
        Assert.Equal(fired, Pack.Fired(Pack.Decide("H100-SXM5", "KH", shipDate, "AMD")));
    }

    [Theory]
    [InlineData(49.99, "")]
    [InlineData(50, "US-2025-09-AFFILIATES:PRESUMPTION_OF_DENIAL")]
    public void Half_the_shares_make_an_affiliate(double share, string fired)
    {
        Assert.Equal(fired, Pack.Fired(Pack.Decide(Pack.Shipment(new Item("L2"), "SG", "2025-10-05", share: (decimal)share))));
    }

    [Theory]
    [InlineData("US", "CN", "Cleared")]
    [InlineData("GB", "CN", "Held")]
    [InlineData("IL", "IL", "Cleared")]
    [InlineData("CY", "CY", "Cleared")]
    public void Home_and_allied_destinations_have_no_rule_of_their_own(string destination, string headquarters, string outcome)
    {
        Assert.Equal(outcome, Pack.Decide("H100-SXM5", destination, "2024-06-01", headquarters: headquarters).Outcome.ToString());
    }
}
