using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>Outcome, rules and amendments of a decision: a re-check that changes none of them is not a new decision.</summary>
internal static class DecisionSignature
{
    public static string Of(Decision decision) => string.Join(
        ';',
        decision.Findings
            .Select(finding => string.Join(
                '|', finding.Rule, finding.Amendment, finding.Effect, finding.ReviewPolicy, string.Join(',', finding.MissingFacts)))
            .Prepend(decision.Outcome.ToString()));
}
