using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>Who may release what, and what a release is bound to.</summary>
public sealed class ReleaseRulesTests
{
    [Theory]
    [InlineData(nameof(Effect.Prohibited), "LICENCE", true, "HOLD_CANNOT_BE_RELEASED")]
    [InlineData(nameof(Effect.Prohibited), "OTHER", false, "HOLD_CANNOT_BE_RELEASED")]
    [InlineData(nameof(Effect.LicenceRequired), "OTHER", false, "LICENCE_REQUIRED_FOR_RELEASE")]
    [InlineData(nameof(Effect.LicenceRequired), "OTHER", true, "LICENCE_REQUIRED_FOR_RELEASE")]
    [InlineData(nameof(Effect.LicenceRequired), "LICENCE", false, "LICENCE_REQUIRED_FOR_RELEASE")]
    [InlineData(nameof(Effect.LicenceRequired), "LICENCE", true, null)]
    [InlineData(nameof(Effect.Review), "RED_FLAG_RESOLVED", false, null)]
    [InlineData(nameof(Effect.Review), "LICENCE", false, "LICENCE_REQUIRED_FOR_RELEASE")]
    [InlineData(nameof(Effect.Undetermined), "FACTS_REVIEWED", false, null)]
    public void What_settles_a_finding(string effect, string code, bool hasLicence, string? refusal)
    {
        // Every policy alike: a licence requirement is a licence requirement.
        foreach (var policy in Enum.GetValues<ReviewPolicy>())
        {
            var hold = Desk.Hold(Desk.Finding(effect: Enum.Parse<Effect>(effect), policy: policy));
            var answer = ReleaseRules.WhyNotPropose(hold, Desk.Olga, new ReleaseTerms(code, hasLicence, Desk.Planned, Desk.Planned), Desk.Planned);
            Assert.Equal(refusal, answer?.Reason.Name);
        }
    }

    [Theory]
    [InlineData(nameof(HoldState.ReleaseProposed))]
    [InlineData(nameof(HoldState.Settled))]
    [InlineData(nameof(HoldState.Voided))]
    public void Only_an_open_hold_takes_a_proposal(string state)
    {
        var hold = Desk.ByHand("CREDIT") with { State = Enum.Parse<HoldState>(state) };
        var answer = ReleaseRules.WhyNotPropose(hold, Desk.Olga, new ReleaseTerms("CREDIT_CLEARED", false, Desk.Planned, Desk.Planned), Desk.Planned);
        Assert.Equal("HOLD_NOT_OPEN", answer?.Reason.Name);
    }

    [Theory]
    [InlineData("2025-05-20", "2025-05-20", null)]
    [InlineData("2025-05-01", "2025-06-01", null)]
    [InlineData("2025-05-21", "2025-06-01", "RELEASE_WINDOW_MISSES_SHIP_DATE")]
    [InlineData("2025-05-01", "2025-05-19", "RELEASE_WINDOW_MISSES_SHIP_DATE")]
    public void The_window_contains_the_ship_date(string first, string last, string? refusal)
    {
        var answer = ReleaseRules.WhyNotPropose(
            Desk.ByHand("CREDIT"), Desk.Olga, new ReleaseTerms("OTHER", false, Service.Goods.Day(first), Service.Goods.Day(last)), Desk.Planned);
        Assert.Equal(refusal, answer?.Reason.Name);
    }

    [Theory]
    [InlineData("olga", nameof(ReleaseState.Proposed), "SAME_PERSON")]
    [InlineData("olga", nameof(ReleaseState.Approved), "SAME_PERSON")]
    [InlineData("Olga ", nameof(ReleaseState.Proposed), "SAME_PERSON")]
    [InlineData("omar", nameof(ReleaseState.Proposed), null)]
    [InlineData("omar", nameof(ReleaseState.Approved), "RELEASE_NOT_PROPOSED")]
    [InlineData("omar", nameof(ReleaseState.Rejected), "RELEASE_NOT_PROPOSED")]
    [InlineData("omar", nameof(ReleaseState.Voided), "RELEASE_NOT_PROPOSED")]
    [InlineData("omar", nameof(ReleaseState.Expired), "RELEASE_NOT_PROPOSED")]
    public void A_second_person_decides_once(string person, string state, string? refusal)
    {
        var hold = Desk.Proposed(Desk.Hold(Desk.Finding(effect: Effect.Review)), by: "olga");
        var release = hold.ActiveRelease! with { State = Enum.Parse<ReleaseState>(state) };
        var actor = new Actor(person, new HashSet<string> { "officer" });
        Assert.Equal(refusal, ReleaseRules.WhyNotApprove(hold, release, actor, Desk.Circumstances, fires: true)?.Reason.Name);
        Assert.Equal(refusal, ReleaseRules.WhyNotDecide(hold, release, actor)?.Reason.Name);
    }

    [Theory]
    [InlineData("facts-1", 1, nameof(Effect.Review), "2025-05-20", "2025-05-01", null)]
    [InlineData("facts-2", 1, nameof(Effect.Review), "2025-05-20", "2025-05-01", nameof(ReleaseState.Voided))]
    [InlineData("facts-1", 2, nameof(Effect.Review), "2025-05-20", "2025-05-01", nameof(ReleaseState.Voided))]
    [InlineData("facts-1", 1, nameof(Effect.Prohibited), "2025-05-20", "2025-05-01", nameof(ReleaseState.Voided))]
    [InlineData("facts-1", 1, nameof(Effect.Review), "2025-05-19", "2025-05-01", nameof(ReleaseState.Voided))]
    [InlineData("facts-1", 1, nameof(Effect.Review), "2025-05-21", "2025-05-01", nameof(ReleaseState.Voided))]
    [InlineData("facts-1", 1, nameof(Effect.Review), "2025-05-21", "2025-05-21", nameof(ReleaseState.Expired))]
    public void A_release_holds_for_what_it_was_given_for(
        string facts, int amendment, string effect, string shipDate, string today, string? end)
    {
        var release = Desk.Settled(Desk.Hold(Desk.Finding(effect: Effect.Review))).ActiveRelease!;
        var now = Desk.As(facts, Service.Goods.Day(shipDate), Service.Goods.Day(today));
        Assert.Equal(end, ReleaseBinding.Broken(release, HoldGround.Of(Desk.Finding(effect: Enum.Parse<Effect>(effect), amendment: amendment)), now)?.State.ToString());
    }
}
