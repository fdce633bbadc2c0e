using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules.Testing;

/// <summary>What a rule says of a case where it fires. Missing facts are given where it is undetermined, and only then.</summary>
internal sealed record ExpectedFinding(Effect Effect, ReviewPolicy ReviewPolicy, IReadOnlyList<string> MissingFacts);

/// <summary>A case an amendment must decide as its author says.</summary>
/// <param name="KnownAt">Null: with the amendment known.</param>
/// <param name="Outcome">Of the whole decision, other rules included.</param>
/// <param name="Finding">Of the amendment's own rule; null: it does not fire.</param>
internal sealed record RuleTest(string Name, ShipmentFacts Facts, DateTimeOffset? KnownAt, Outcome Outcome, ExpectedFinding? Finding);

/// <summary>What a test came to.</summary>
/// <param name="Without">What comes out without the amendment.</param>
/// <param name="Branch">The step of the amendment's policy that answered; null where none did.</param>
internal sealed record RuleTestResult(string Test, bool Passed, string Expected, string Got, string Without, string? Branch);

/// <summary>What the tests of an amendment came to, and what none of them reaches.</summary>
internal sealed record RuleTestReport(IReadOnlyList<RuleTestResult> Results, IReadOnlyList<string> UntestedBranches);
