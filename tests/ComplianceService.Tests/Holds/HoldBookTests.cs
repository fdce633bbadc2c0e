using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>What one decision does to the holds of a shipment.</summary>
public sealed class HoldBookTests
{
    [Fact]
    public void A_finding_opens_one_hold_and_the_same_finding_opens_no_second_one()
    {
        var change = Assert.Single(HoldBook.After([], [Desk.Finding()], Desk.Circumstances, Desk.Origins));
        Assert.Equal((HoldChangeKind.Opened, "R", HoldState.Open), (change.Kind, change.Hold.Reason, change.Hold.State));
        Assert.Empty(HoldBook.After([change.Hold], [Desk.Finding()], Desk.Circumstances, Desk.Origins));
    }

    [Theory]
    [InlineData(nameof(HoldState.Open))]
    [InlineData(nameof(HoldState.ReleaseProposed))]
    [InlineData(nameof(HoldState.Settled))]
    public void A_hold_whose_finding_is_gone_is_voided_with_its_release_while_another_one_must_be_cleared(string state)
    {
        IReadOnlyList<Hold> holds = [Held(Enum.Parse<HoldState>(state)), Desk.Hold(Desk.Finding("B"))];
        var change = Assert.Single(HoldBook.After(holds, [Desk.Finding("B")], Desk.Circumstances, Desk.Origins));
        Assert.Equal((HoldChangeKind.Voided, HoldState.Voided), (change.Kind, change.Hold.State));
        Assert.Equal(state == nameof(HoldState.Open) ? null : ReleaseState.Voided, change.EndedRelease?.State);
        Assert.Null(change.Hold.ActiveRelease);
    }

    [Theory]
    [InlineData(nameof(HoldState.Open))]
    [InlineData(nameof(HoldState.Settled))]
    public void A_hold_by_hand_is_no_business_of_the_rules(string state)
    {
        var hold = state == nameof(HoldState.Open) ? Desk.ByHand("CREDIT") : Desk.Settled(Desk.ByHand("CREDIT"));
        Assert.Empty(HoldBook.After([hold], [], Desk.Circumstances, Desk.Origins));
    }

    [Fact]
    public void A_changed_explanation_refreshes_the_hold_and_leaves_its_release()
    {
        var hold = Desk.Settled(Desk.Hold(Desk.Finding()), Guid.CreateVersion7(Desk.Now));
        var said = Desk.Finding() with { Explanation = "R applies, in other words." };
        var change = Assert.Single(HoldBook.After([hold], [said], Desk.Circumstances, Desk.Origins));
        Assert.Equal((HoldChangeKind.Refreshed, HoldState.Settled, hold.Version + 1), (change.Kind, change.Hold.State, change.Hold.Version));
        Assert.Equal(said.Explanation, change.Hold.Ground.Explanation);
    }

    [Fact]
    public void Another_amendment_reopens_a_settled_hold_on_the_new_ground()
    {
        var hold = Desk.Settled(Desk.Hold(Desk.Finding()), Guid.CreateVersion7(Desk.Now));
        var change = Assert.Single(HoldBook.After([hold], [Desk.Finding(amendment: 2)], Desk.Circumstances, Desk.Origins));
        Assert.Equal((HoldChangeKind.Reopened, HoldState.Open), (change.Kind, change.Hold.State));
        Assert.Equal((ReleaseState.Voided, "rules/R/amendments/2"), (change.EndedRelease!.State, change.Hold.Ground.Amendment));
    }

    [Fact]
    public void A_decision_for_another_day_opens_what_is_missing_and_touches_nothing_else()
    {
        var settled = Desk.Settled(Desk.Hold(Desk.Finding("A")));
        var stale = Desk.Hold(Desk.Finding("B"));
        var change = Assert.Single(HoldBook.OpenMissing([settled, stale], [Desk.Finding("A", amendment: 2), Desk.Finding("C")], Desk.Origins));
        Assert.Equal((HoldChangeKind.Opened, "C"), (change.Kind, change.Hold.Reason));
    }

    [Theory]
    [InlineData(nameof(Effect.Prohibited), nameof(ReviewPolicy.None), "Blocked")]
    [InlineData(nameof(Effect.LicenceRequired), nameof(ReviewPolicy.PresumptionOfDenial), "Blocked")]
    [InlineData(nameof(Effect.LicenceRequired), nameof(ReviewPolicy.CaseByCase), "Held")]
    [InlineData(nameof(Effect.LicenceRequired), nameof(ReviewPolicy.Unstated), "Held")]
    [InlineData(nameof(Effect.Review), nameof(ReviewPolicy.None), "Held")]
    [InlineData(nameof(Effect.Undetermined), nameof(ReviewPolicy.None), "Held")]
    public void A_shipment_stands_as_its_worst_unsettled_hold(string effect, string policy, string standing)
    {
        var hold = Desk.Hold(Desk.Finding("Z", Enum.Parse<Effect>(effect), Enum.Parse<ReviewPolicy>(policy)));
        var stands = Standing.Of([Desk.ByHand("CREDIT"), hold, Desk.Settled(Desk.Hold(Desk.Finding("A")))]);
        Assert.Equal((standing, "CREDIT,Z"), (stands.Kind.ToString(), string.Join(',', stands.Reasons)));
        Assert.Equal(StandingKind.Ready, Standing.Of([Desk.Settled(hold)]).Kind);
    }

    private static Hold Held(HoldState state) => state switch
    {
        HoldState.Open => Desk.Hold(Desk.Finding()),
        HoldState.ReleaseProposed => Desk.Proposed(Desk.Hold(Desk.Finding())),
        _ => Desk.Settled(Desk.Hold(Desk.Finding())),
    };
}
