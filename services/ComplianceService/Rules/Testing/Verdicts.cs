using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules.Testing;

/// <summary>The one form in which what was expected and what came out are written and compared.</summary>
internal static class Verdicts
{
    public static string Of(RuleTest test) => Written(
        test.Outcome,
        test.Finding is { } expected ? Written(expected.Effect, expected.ReviewPolicy, expected.MissingFacts) : null);

    public static string Of(Decision decision, string rule) => Written(
        decision.Outcome,
        FindingOf(decision, rule) is { } found ? Written(found.Effect, found.ReviewPolicy, found.MissingFacts) : null);

    public static Finding? FindingOf(Decision decision, string rule) => decision.Findings.FirstOrDefault(finding => finding.Rule == rule);

    private static string Written(Outcome outcome, string? finding) =>
        $"{Canonical.Code(outcome.ToString())}; {(finding is null ? "does not fire" : $"fires {finding}")}";

    private static string Written(Effect effect, ReviewPolicy policy, IReadOnlyList<string> missing) => string.Join(
        ' ',
        [
            Canonical.Code(effect.ToString()),
            .. policy == ReviewPolicy.None ? [] : (string[])[Canonical.Code(policy.ToString())],
            .. missing.Count == 0 ? [] : (string[])[$"missing {string.Join(", ", missing.Order(StringComparer.Ordinal))}"],
        ]);
}
