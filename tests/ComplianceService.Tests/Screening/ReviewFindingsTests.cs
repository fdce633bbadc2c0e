using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Screening;

public sealed class ReviewFindingsTests
{
    private static readonly Party Stated = new(PartyRole.Purchaser, "Borealis", "DE", "DE", UltimateParent.None);

    [Fact]
    public void A_parent_stated_as_none_is_stated()
    {
        Assert.Equal(Outcome.Cleared, With(Stated).Outcome);
    }

    [Fact]
    public void A_parent_that_is_not_stated_is_a_review()
    {
        var decision = With(Stated, Stated with { Name = "Cirrus", UltimateParent = null });
        var finding = Assert.Single(decision.Findings);

        Assert.Equal(("PARENT_NOT_STATED", Effect.Review, Outcome.Held), (finding.Rule, finding.Effect, decision.Outcome));
        Assert.Contains("Cirrus", finding.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("Borealis", finding.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Listed Holding", null, "OWNERSHIP_UNKNOWN")]
    [InlineData("Listed Holding", 10, "")]
    [InlineData(null, null, "")]
    [InlineData("  ", null, "")]
    public void A_listed_owner_without_a_share_is_a_review(string? owner, int? share, string rule)
    {
        var decision = With(Stated with { ListedOwner = owner, ListedOwnerSharePercent = share });

        Assert.Equal(rule, string.Join(' ', decision.Findings.Select(finding => finding.Rule)));
    }

    [Fact]
    public void The_parent_counts_like_the_headquarters()
    {
        var decision = With(Stated with { UltimateParent = UltimateParent.In("HK") });

        Assert.Equal("US-2025-04-NVIDIA-LETTER:UNSTATED US-3A090-A:CASE_BY_CASE", Pack.Fired(decision));
    }

    [Fact]
    public void The_worst_finding_is_the_outcome_and_all_are_listed_by_name()
    {
        var decision = With("IR", Stated with { UltimateParent = null, ListedOwner = "Listed Holding" });

        Assert.Equal(Outcome.Blocked, decision.Outcome);
        Assert.Equal(
            "OWNERSHIP_UNKNOWN:REVIEW PARENT_NOT_STATED:REVIEW US-2025-04-NVIDIA-LETTER:UNSTATED US-3A090-A:PRESUMPTION_OF_DENIAL US-EMBARGO:PROHIBITED",
            Pack.Fired(decision));
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("cn")]
    [InlineData("")]
    public void A_country_that_does_not_exist_is_never_read_as_one_without_rules(string country)
    {
        Assert.Throws<ArgumentException>(() => With(country, Stated));
        Assert.Throws<ArgumentException>(() => With("DE", Stated with { HeadquartersCountry = country }));
        Assert.Throws<ArgumentException>(() => With("DE", Stated with { UltimateParent = UltimateParent.In(country) }));
    }

    private static Decision With(params Party[] parties) => With("DE", parties);

    private static Decision With(string destination, params Party[] parties) =>
        Pack.Decide(Pack.Shipment(new Item("H100-SXM5"), "DE", "2025-10-05") with { DestinationCountry = destination, Parties = parties });
}
