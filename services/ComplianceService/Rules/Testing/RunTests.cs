using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules.Testing;

/// <summary>Decides the tests of an amendment with everything that is known now and the amendment in it. Pure.</summary>
internal static class RunTests
{
    public const string NeverSilent = "no test shows a shipment in its window on which the rule does not fire";

    /// <param name="known">What is known, without the amendment.</param>
    /// <param name="recordedAt">When it would be recorded: after everything known.</param>
    public static RuleTestReport Run(
        KnowledgeHead known, string rule, string title, AmendmentContent content, IReadOnlyList<RuleTest> tests, DateTimeOffset recordedAt)
    {
        var drafted = known.WithDraft(rule, title, content, recordedAt);
        var draft = drafted.Rules.Find(rule)!.Amendments[^1].Name;
        var results = new List<RuleTestResult>(tests.Count);
        var silent = false;
        foreach (var test in tests)
        {
            var knownAt = test.KnownAt is { } asked && asked < recordedAt ? asked : recordedAt;
            var decision = drafted.Decide(test.Facts, test.Facts.ShipDate, knownAt);
            var expected = Verdicts.Of(test);
            var got = Verdicts.Of(decision, rule);
            var without = Verdicts.Of(known.Decide(test.Facts, test.Facts.ShipDate, knownAt), rule);
            var branch = Branch(drafted, test.Facts, knownAt, draft, Verdicts.FindingOf(decision, rule));
            results.Add(new RuleTestResult(test.Name, expected == got, expected, got, without, branch));
            silent |= Verdicts.FindingOf(decision, rule) is null && decision.GoverningAmendments.Any(one => one.Amendment == draft);
        }

        return new RuleTestReport(results, Untested(content, results, silent));
    }

    private static string? Branch(KnowledgeHead drafted, ShipmentFacts facts, DateTimeOffset knownAt, string draft, Finding? finding)
    {
        if (finding is null || finding.Amendment != draft || finding.Effect == Effect.Undetermined)
            return null;
        var bound = drafted.Rules.At(knownAt).On(facts.ShipDate).InForce.First(one => one.Amendment.Name == draft);
        return bound.Policy.BranchOf(Inputs.Of(facts, DecisionEngine.Resolve(facts.Item, knownAt, drafted.Catalogue)));
    }

    private static List<string> Untested(AmendmentContent content, IEnumerable<RuleTestResult> results, bool silent)
    {
        var reached = results.Select(result => result.Branch).ToHashSet(StringComparer.Ordinal);
        var untested = (content.Policy?.Branches() ?? [])
            .Where(branch => !reached.Contains(branch.Path))
            .Select(branch => $"no test reaches step {branch.Path} of the policy: {branch.Words}")
            .ToList();
        if (!silent)
            untested.Add(NeverSilent);
        return untested;
    }
}
