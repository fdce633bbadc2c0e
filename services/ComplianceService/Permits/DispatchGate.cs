using System.Globalization;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>One rule or hold that forbids the dispatch.</summary>
/// <param name="Type">Effect and policy, such as LICENCE_REQUIRED/CASE_BY_CASE, or the kind of the hold.</param>
internal sealed record Obstacle(string Reason, string Type, string Description, bool Blocks);

/// <summary>A licence a rule is covered by.</summary>
internal sealed record Authorisation(string Rule, Guid LicenceId);

/// <summary>What the gate found: no obstacle means that the goods may leave, under these authorisations.</summary>
internal sealed record GateVerdict(IReadOnlyList<Obstacle> Obstacles, IReadOnlyList<Authorisation> Authorisations)
{
    public Standing Standing => Standing.Of(Obstacles.Select(obstacle => (obstacle.Reason, obstacle.Blocks)));
}

/// <summary>Decides whether goods may leave on one day: every rule that fired is settled for that very day, and no other hold stands.</summary>
internal static class DispatchGate
{
    public const string ClearanceNotConfirmed = "CLEARANCE_NOT_CONFIRMED";

    /// <param name="holds">The shipment's holds that are not voided.</param>
    /// <param name="day">The facts and the day they would leave on.</param>
    public static GateVerdict Judge(IReadOnlyList<Finding> findings, IReadOnlyList<Hold> holds, Circumstances day)
    {
        var obstacles = new List<Obstacle>();
        var authorisations = new List<Authorisation>();
        foreach (var finding in findings)
        {
            var ground = HoldGround.Of(finding);
            var hold = holds.FirstOrDefault(candidate => candidate.IsActive && candidate.Reason == finding.Rule);
            if (WhyNotSettled(hold, ground, day) is { } why)
                obstacles.Add(new Obstacle(finding.Rule, TypeOf(ground), why, ground.Blocks));
            else if (hold!.ActiveRelease!.LicenceId is { } licence)
                authorisations.Add(new Authorisation(finding.Rule, licence));
        }

        obstacles.AddRange(NotConfirmed(findings, holds));

        foreach (var hold in holds.Where(hold => hold.IsActive && hold.Origin != HoldOrigin.Finding))
            if (WhyNotSettled(hold, hold.Ground, day) is { } why)
                obstacles.Add(new Obstacle(hold.Reason, TypeOf(hold.Origin), why, hold.Ground.Blocks));
        return new GateVerdict([.. obstacles.OrderBy(obstacle => obstacle.Reason, StringComparer.Ordinal)], authorisations);
    }

    // A rule that does not fire on this day lets nothing go by itself: somebody has to have confirmed it.
    private static IEnumerable<Obstacle> NotConfirmed(IReadOnlyList<Finding> findings, IReadOnlyList<Hold> holds)
    {
        var fired = findings.Select(finding => finding.Rule).ToHashSet(StringComparer.Ordinal);
        return holds
            .Where(hold => hold is { IsUnsettled: true, Origin: HoldOrigin.Finding } && !fired.Contains(hold.Reason))
            .Select(hold => new Obstacle(
                hold.Reason,
                ClearanceNotConfirmed,
                $"{hold.Reason} held the shipment, and nobody has confirmed yet that it no longer does.",
                Blocks: false));
    }

    private static string? WhyNotSettled(Hold? hold, HoldGround ground, Circumstances day)
    {
        // A prohibition that a release says it settles is still a prohibition.
        if (ground.Effect == Effect.Prohibited || hold is not { State: HoldState.Settled, ActiveRelease: { State: ReleaseState.Approved } release })
            return ground.Explanation;
        if (ground.Effect == Effect.LicenceRequired && release.LicenceId is null)
            return $"{ground.Explanation} The release rests on no licence.";
        return ReleaseBinding.Broken(release, ground, day) is { } end
            ? string.Create(CultureInfo.InvariantCulture, $"{ground.Explanation} {end.Why}")
            : null;
    }

    private static string TypeOf(HoldOrigin origin) => origin switch
    {
        HoldOrigin.Hand => "HOLD_BY_HAND",
        HoldOrigin.Check => "CHECK",
        _ => "DEPARTURE",
    };

    private static string TypeOf(HoldGround ground) => ground switch
    {
        { Effect: null } => "HOLD",
        { ReviewPolicy: ReviewPolicy.None } => Codes<Effect>.Of(ground.Effect.Value),
        _ => $"{Codes<Effect>.Of(ground.Effect.Value)}/{Codes<ReviewPolicy>.Of(ground.ReviewPolicy)}",
    };
}
