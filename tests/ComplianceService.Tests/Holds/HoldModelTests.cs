using CsCheck;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Holds;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>Holds and releases against a model of them: deciding, vanishing, proposing, approving, rejecting, facts and days that change.</summary>
public sealed class HoldModelTests
{
    private static readonly (string Subject, string Role)[] People = [("ana", "analyst"), ("olga", "officer"), ("omar", "officer"), ("oper", "operator")];

    private static readonly Gen<Act> AnyAct = Gen.Frequency(
        (3, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.OneOfConst("facts-1", "facts-1", "facts-2"), Gen.Int[0, 1], Decision)),
        (6, Gen.Select(Gen.Int[0, 3], Gen.OneOfConst("A", "B", HoldModel.Credit), Gen.OneOfConst(People), ByStaff)));

    [Fact]
    public void Whatever_happens_the_holds_stand_where_the_model_says_and_nothing_is_ready_silently() =>
        AnyAct.List[1, 40].Sample(
            acts =>
            {
                var (shelf, model) = (new HoldShelf(), new HoldModel());
                foreach (var act in acts)
                {
                    var wasReady = shelf.Standing.Kind == StandingKind.Ready;
                    Assert.Equal(act.OnModel(model), act.OnShelf(shelf));
                    Assert.Equal(model.Text, shelf.Text);
                    Assert.Equal(model.IsReady, shelf.Standing.Kind == StandingKind.Ready);
                    Assert.False(act.IsDecision && !wasReady && model.IsReady, "a decision let the shipment go by itself");
                    AssertSound(shelf);
                }
            },
            iter: 2_000);

    private static void AssertSound(HoldShelf shelf)
    {
        Assert.All(shelf.Holds, hold => Assert.True(hold.Releases.Count(release => release.IsActive) <= 1));
        Assert.Empty(shelf.Again());
        Assert.Equal(shelf.Standing.Reasons, shelf.Gate.Standing.Reasons);
        Assert.Equal(shelf.Standing.Kind, shelf.Gate.Standing.Kind);
    }

    // 0: the rule does not apply; 1 and 2: its amendments.
    private static Act Decision(int a, int b, string facts, int day)
    {
        var rules = new[] { ("A", a), ("B", b) }.Where(rule => rule.Item2 > 0).ToDictionary(rule => rule.Item1, rule => rule.Item2);
        return new Act(
            $"decide {string.Join(' ', rules)} {facts} day {day}",
            shelf => Done(() => shelf.Decide(rules, facts, day)),
            model => Done(() => model.Decide(rules, facts, day)),
            IsDecision: true);
    }

    private static Act ByStaff(int what, string reason, (string Subject, string Role) who)
    {
        var person = new Actor(who.Subject, new HashSet<string> { who.Role });
        return what switch
        {
            0 => new Act("place credit", shelf => Done(shelf.PlaceCredit), model => Done(model.PlaceCredit)),
            1 => new Act($"propose {reason} {who}", shelf => shelf.Propose(reason, person), model => model.Propose(reason, who.Subject, who.Role)),
            2 => new Act($"approve {reason} {who}", shelf => shelf.Approve(reason, person), model => model.Approve(reason, who.Subject, who.Role)),
            _ => new Act($"reject {reason} {who}", shelf => shelf.Reject(reason, person), model => model.Reject(reason, who.Subject, who.Role)),
        };
    }

    private static bool Done(Action act)
    {
        act();
        return true;
    }

    private sealed record Act(string Text, Func<HoldShelf, bool> OnShelf, Func<HoldModel, bool> OnModel, bool IsDecision = false)
    {
        public override string ToString() => Text;
    }
}
