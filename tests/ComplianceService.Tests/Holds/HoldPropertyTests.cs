using CsCheck;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>Whatever is decided, proposed and approved in whatever order, the holds say exactly what still stands against a shipment.</summary>
public sealed class HoldPropertyTests
{
    private static readonly string[] Rules = ["A", "B", "C", "PARENT_NOT_STATED"];

    private static readonly Gen<Finding> AnyFinding = Gen.Select(
        Gen.OneOfConst(Rules),
        Gen.Enum<Effect>(),
        Gen.Enum<ReviewPolicy>(),
        Gen.Int[1, 2],
        (rule, effect, policy, amendment) => Desk.Finding(rule, effect, policy, amendment));

    private static readonly Gen<Step> AnyStep = Gen.Select(
        AnyFinding.List[0, 4],
        Gen.OneOfConst("facts-1", "facts-2"),
        Gen.Int[-1, 1],
        Gen.Int[0, 20],
        Gen.Bool,
        (findings, facts, days, settles, byHand) =>
            new Step([.. findings.DistinctBy(finding => finding.Rule).OrderBy(finding => finding.Rule, StringComparer.Ordinal)], facts, days, settles, byHand));

    [Fact]
    public void After_every_decision_there_is_one_hold_a_finding_and_nothing_settled_that_is_not_covered() =>
        AnyStep.List[1, 8].Sample(steps =>
        {
            IReadOnlyList<Hold> holds = [];
            foreach (var step in steps)
            {
                holds = Decide(holds, step);
                AssertSound(holds, step);
                holds = Act(holds, step);
            }
        });

    [Fact]
    public void A_prohibition_never_passes_the_gate_whatever_was_released() =>
        Gen.Select(AnyFinding, Gen.Enum<ReviewPolicy>()).Sample((finding, policy) =>
        {
            var prohibited = finding with { Effect = Effect.Prohibited, ReviewPolicy = policy };
            var hold = Desk.Settled(Desk.Hold(prohibited), Guid.CreateVersion7(Desk.Now));
            var verdict = DispatchGate.Judge([prohibited], [hold], Desk.Circumstances);
            Assert.Equal(StandingKind.Blocked, verdict.Standing.Kind);
        });

    [Fact]
    public void A_licence_requirement_never_passes_the_gate_on_a_release_without_a_licence() =>
        AnyFinding.Sample(finding =>
        {
            var required = finding with { Effect = Effect.LicenceRequired };
            Assert.NotEmpty(DispatchGate.Judge([required], [Desk.Settled(Desk.Hold(required))], Desk.Circumstances).Obstacles);
            var licence = Guid.CreateVersion7(Desk.Now);
            var covered = DispatchGate.Judge([required], [Desk.Settled(Desk.Hold(required), licence)], Desk.Circumstances);
            Assert.Empty(covered.Obstacles);
            Assert.Equal([new Authorisation(required.Rule, licence)], covered.Authorisations);
        });

    private static IReadOnlyList<Hold> Decide(IReadOnlyList<Hold> holds, Step step)
    {
        var changes = HoldBook.After(holds, step.Findings, step.Circumstances, Desk.Origins);
        return [.. HoldBook.Apply(holds, changes).Where(hold => hold.IsActive)];
    }

    private static void AssertSound(IReadOnlyList<Hold> holds, Step step)
    {
        Assert.Empty(HoldBook.After(holds, step.Findings, step.Circumstances, Desk.Origins));
        Assert.Equal(
            step.Findings.Select(finding => finding.Rule),
            holds.Where(hold => hold is { Origin: HoldOrigin.Finding, Lapsed: false }).Select(hold => hold.Reason).Order(StringComparer.Ordinal));
        Assert.All(holds, hold => Assert.True(hold.Releases.Count(release => release.IsActive) <= 1));
        var gate = DispatchGate.Judge(step.Findings, holds, step.Circumstances);
        Assert.Equal(Standing.Of(holds).Reasons, gate.Standing.Reasons);
        Assert.Equal(Standing.Of(holds).Kind, gate.Standing.Kind);
    }

    /// <summary>Staff settle some of what they may settle, and stop the shipment by hand once.</summary>
    private static List<Hold> Act(IReadOnlyList<Hold> holds, Step step)
    {
        var settled = holds.Select((hold, index) =>
        {
            Guid? licence = hold.Ground.Effect == Effect.LicenceRequired ? Guid.CreateVersion7(Desk.Now) : null;
            var code = licence is null ? "OTHER" : ReleaseRules.Licence;
            var chosen = (step.Settles & (1 << (index % 5))) != 0;
            var allowed = ReleaseRules.WhyNotPropose(hold, Desk.Olga, new ReleaseTerms(code, licence is not null, Desk.Planned, Desk.Planned), Desk.Planned) is null;
            return chosen && allowed ? Desk.Settled(hold, licence) : hold;
        }).ToList();
        if (step.ByHand && settled.TrueForAll(hold => hold.Reason != "CREDIT"))
            settled.Add(Desk.ByHand("CREDIT"));
        return settled;
    }

    private sealed record Step(IReadOnlyList<Finding> Findings, string Facts, int Days, int Settles, bool ByHand)
    {
        public Circumstances Circumstances => Desk.As(Facts, Desk.Planned.AddDays(Days), Desk.Planned.AddDays(Days));
    }
}
