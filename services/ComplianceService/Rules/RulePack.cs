using OrderTracking.ComplianceService.Rules.Parsing;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>The parsed files of a rule pack. Rules are in order of their ids.</summary>
internal sealed record RulePack(PackNotes Notes, Vocabulary Vocabulary, IReadOnlyList<Rule> Rules, IReadOnlyList<GroupRow> Groups);

/// <summary>
/// An amendment from outside the pack's files. A rule the pack does not have is made by its first amendment, under this title. Number is
/// the amendment's place in the stack, above those of the pack.
/// </summary>
internal sealed record PublishedAmendment(
    string Rule, string RuleTitle, int Number, DateTimeOffset RecordedAt, AmendmentContent Content);
