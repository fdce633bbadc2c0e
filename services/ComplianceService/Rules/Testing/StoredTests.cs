using System.Text;
using System.Text.Json;
using Google.Protobuf;
using OrderTracking.BuildingBlocks.Grpc;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules.Testing;

/// <summary>The tests of an amendment as they stand in its row: a JSON array of the messages they were proposed as.</summary>
internal static class StoredTests
{
    public static string Write(IEnumerable<V1.AmendmentTest> tests) =>
        $"[{string.Join(',', tests.Select(test => JsonFormatter.Default.Format(test)))}]";

    public static IReadOnlyList<V1.AmendmentTest> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(test => JsonParser.Default.Parse<V1.AmendmentTest>(test.GetRawText()))];
    }

    /// <summary>The tests ready to be run; they were checked when they were proposed.</summary>
    public static IReadOnlyList<RuleTest> Parse(string json)
    {
        var violations = new Violations();
        var tests = TestParser.Parse(Read(json), "tests", violations);
        violations.ThrowIfAny();
        return tests;
    }

    /// <summary>Lower-case SHA-256 hex over the tests in their order; blank for none.</summary>
    public static string DigestOf(IReadOnlyList<RuleTest> tests)
    {
        if (tests.Count == 0)
            return "";
        var text = new StringBuilder("tests 1\n");
        foreach (var test in tests)
            text.Field("name", test.Name).Field("facts", Screening.FactsDigest.Of(test.Facts))
                .Field("known_at", Canonical.Instant(test.KnownAt)).Field("expected", Verdicts.Of(test));
        return Canonical.Digest(text);
    }
}
