using System.Text;
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

    /// <summary>The same of rules alone, none of which lacks a fact: what they would be explained with is not made.</summary>
    public static string Of(Outcome outcome, List<FiredRule> fired)
    {
        if (fired.Count == 0)
            return outcome.ToString();
        var text = new StringBuilder(outcome.ToString());
        foreach (var rule in fired)
            text.Append(';').Append(rule.Bound.Amendment.Rule).Append('|').Append(rule.Bound.Amendment.Name).Append('|').Append(rule.Effect)
                .Append('|').Append(rule.ReviewPolicy).Append('|');
        return text.ToString();
    }
}
