using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules.Testing;

/// <summary>Reads the tests of an amendment, with all that is wrong with them at once.</summary>
internal static class TestParser
{
    public const int TestsMax = 100;
    private const int NameCharactersMax = 200;

    public static IReadOnlyList<RuleTest> Parse(IReadOnlyList<V1.AmendmentTest> messages, string field, Violations violations)
    {
        if (messages.Count > TestsMax)
            violations.Add(field, RegisterReasons.ListSizeInvalid, $"{messages.Count} tests", $"up to {TestsMax} tests");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tests = new List<RuleTest>();
        for (var index = 0; index < messages.Count && index < TestsMax; index++)
            if (Parse(messages[index], $"{field}[{index}]", violations) is { } test)
            {
                if (!names.Add(test.Name))
                    violations.Add($"{field}[{index}].name", RegisterReasons.ListHasDuplicates, test.Name, "a name no other test has");
                tests.Add(test);
            }

        return tests;
    }

    private static RuleTest? Parse(V1.AmendmentTest message, string field, Violations violations)
    {
        var found = violations.Found.Count;
        var name = WireText.Parse(message.Name, $"{field}.name", NameCharactersMax, violations);
        var facts = FactsMapping.Parse(message.Facts, $"{field}.facts", violations);
        var knownAt = WireInstant(message.KnownAt, $"{field}.known_at", violations);
        var outcome = WireCodes.Of(message.Outcome);
        if (outcome is null)
            violations.Add($"{field}.outcome", AmendmentReasons.TestInvalid, null, "CLEARED, HELD or BLOCKED");
        var finding = message.ExpectedCase switch
        {
            V1.AmendmentTest.ExpectedOneofCase.Fires => ParseFires(message.Fires, $"{field}.fires", violations),
            V1.AmendmentTest.ExpectedOneofCase.DoesNotFire => null,
            _ => Missing(field, violations),
        };
        return violations.Found.Count > found ? null : new RuleTest(name!, facts!, knownAt, outcome!.Value, finding);
    }

    private static ExpectedFinding? Missing(string field, Violations violations)
    {
        violations.Add($"{field}.fires", AmendmentReasons.TestInvalid, null, "what the rule says of the case: fires or does_not_fire");
        return null;
    }

    private static ExpectedFinding? ParseFires(V1.AmendmentTest.Types.Fires message, string field, Violations violations)
    {
        var found = violations.Found.Count;
        var effect = WireCodes.Of(message.Effect);
        var policy = WireCodes.Of(message.ReviewPolicy);
        if (effect is null or Effect.Review)
            violations.Add(
                $"{field}.effect", AmendmentReasons.TestInvalid, message.Effect.ToString(), "PROHIBITED, LICENCE_REQUIRED or UNDETERMINED");
        if ((effect == Effect.LicenceRequired) == (policy == ReviewPolicy.None))
            violations.Add(
                $"{field}.review_policy", AmendmentReasons.TestInvalid, message.ReviewPolicy.ToString(),
                "the review policy where a licence is required, and none elsewhere");
        var facts = message.MissingFacts.Where(fact => !FactNames.All.Contains(fact, StringComparer.Ordinal)).ToList();
        if (facts.Count > 0 || (message.MissingFacts.Count > 0 && effect != Effect.Undetermined)
            || message.MissingFacts.Distinct().Count() < message.MissingFacts.Count)
            violations.Add(
                $"{field}.missing_facts", AmendmentReasons.TestInvalid, string.Join(", ", message.MissingFacts),
                $"each once, with UNDETERMINED only, of {string.Join(", ", FactNames.All)}");
        return violations.Found.Count > found ? null : new ExpectedFinding(effect!.Value, policy, [.. message.MissingFacts]);
    }

    private static DateTimeOffset? WireInstant(Timestamp? instant, string field, Violations violations) =>
        CheckShipment.ParseInstant(instant, field, violations);
}
