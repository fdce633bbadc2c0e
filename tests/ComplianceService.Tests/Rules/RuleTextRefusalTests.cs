using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Tests.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Rules;

/// <summary>Texts that are refused, each made from one that is not by one change, with the line and the reason given.</summary>
public sealed class RuleTextRefusalTests
{
    private const string Good =
        """
        status: IN_FORCE
        effective: { from: 2025-01-01, to: 2025-02-01 }
        scope:
          all_of:
            - exporter: NVIDIA
            - destination: { include: [ADV, "D:5", CN], except: ["A:6"] }
        item:
          any_of:
            - tpp: { at_least: 4800 TPP }
            - family: [H20, H100]
            - sum: { of: [memory_bandwidth_gbps, io_bandwidth_gbps], at_least: 4900 GB/s }
        policy:
          - when: { designed_for_data_center: false }
            then: CASE_BY_CASE
          - otherwise: POL_ACS
        citation: a citation
        source: a source
        certainty: secondary
        sentence: A sentence.
        """;

    public static TheoryData<string, string, int, string> Changes() => new()
    {
        { "status: IN_FORCE", "status: ACTIVE", 1, "unknown status 'ACTIVE'" },
        { "status: IN_FORCE", "status: REPEALED", 4, "'scope' has no meaning while the status is REPEALED" },
        { "status: IN_FORCE", "statuss: IN_FORCE", 1, "unknown key 'statuss'" },
        { "status: IN_FORCE", "status: IN_FORCE\nstatus: REPEALED", 2, "Duplicate key" },
        { "status: IN_FORCE", "recorded: 2025-01-01\nstatus: IN_FORCE", 1, "unknown key 'recorded'" },
        { "from: 2025-01-01", "from: 2025-02-29", 2, "'2025-02-29', which is no date" },
        { "from: 2025-01-01", "from: 1 January 2025", 2, "which is no date" },
        { "from: 2025-01-01", "from: 2025-02-01", 2, "is empty" },
        { "from: 2025-01-01", "from: 2025-02-02", 2, "is empty" },
        { "{ from: 2025-01-01, to: 2025-02-01 }", "{}", 2, "neither from nor to" },
        { "to: 2025-02-01", "until: 2025-02-01", 2, "unknown key 'until'" },
        { "4800 TPP", "4800", 9, "has no unit; write '4800 TPP'" },
        { "4800 TPP", "4800 GB/s", 9, "is not in TPP" },
        { "4800 TPP", "'4,800 TPP'", 9, "no number" },
        { "4800 TPP", "-1 TPP", 9, "no number" },
        { "at_least: 4800 TPP", "at_least: 4800 TPP, less_than: 4800 TPP", 9, "the lower bound is not below the upper bound" },
        { "{ at_least: 4800 TPP }", "{}", 9, "no bound" },
        { "- tpp:", "- tops:", 9, "unknown fact or key 'tops'" },
        { "family: [H20, H100]", "family: [H20, H20]", 10, "'H20' stands twice" },
        { "family: [H20, H100]", "family: []", 10, "empty list" },
        { "of: [memory_bandwidth_gbps, io_bandwidth_gbps]", "of: [memory_bandwidth_gbps, tpp]", 11, "facts of one unit" },
        { "of: [memory_bandwidth_gbps, io_bandwidth_gbps]", "of: [memory_bandwidth_gbps, speed]", 11, "unknown fact 'speed' in a sum" },
        { "\"D:5\"", "\"D:9\"", 6, "unknown group 'D:9'" },
        { "CN]", "XX]", 6, "'XX' is neither a country" },
        { "CN]", "HK]", 6, "HK is read as CN" },
        { "exporter: NVIDIA", "exporter: nvidia", 5, "no exporter id" },
        { "exporter: NVIDIA", "tpp: { at_least: 1 TPP }", 5, "looks at the shipment only" },
        { "exporter: NVIDIA", "movement: IMPORT", 5, "unknown movement 'IMPORT'" },
        { "exporter: NVIDIA", "listed_owner_share: { at_least: 50 }", 5, "has no unit; write '50 %'" },
        { "exporter: NVIDIA", "listed_owner_share: { at_least: 101 % }", 5, "at most 100 %" },
        { "family: [H20, H100]", "exporter: NVIDIA", 10, "looks at the item only" },
        { "family: [H20, H100]", "test: C090", 10, "unknown item test 'C090'" },
        { "family: [H20, H100]", "designed_for_data_center: perhaps", 10, "is true or false" },
        { "otherwise: POL_ACS", "otherwise: DENIAL", 15, "unknown policy 'DENIAL'" },
        { "otherwise: POL_ACS", "when: { movement: EXPORT }\n    then: UNSTATED", 15, "the last step of a policy is 'otherwise'" },
        { "then: CASE_BY_CASE", "otherwise: CASE_BY_CASE", 13, "'otherwise' stands alone" },
        { "certainty: secondary", "certainty: sure", 18, "unknown certainty 'sure'" },
        { "citation: a citation", "citation: ", 16, "is empty" },
        { "citation: a citation\n", "", 1, "'citation' is missing" },
        { "item:\n", "item: &anchor\n", 7, "anchors and aliases" },
        { "status: IN_FORCE", "status: !!str IN_FORCE", 1, "tags are not part" },
        { "sentence: A sentence.", "sentence: A sentence.\n---\nstatus: REPEALED", 20, "a second document" },
        { "sentence: A sentence.", "sentence: ]", 19, "not readable as YAML" },
    };

    [Fact]
    public void The_text_the_refusals_are_made_from_is_accepted()
    {
        Assert.Equal(AmendmentStatus.InForce, Parse(Good).Status);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void The_text_is_refused_with_file_line_and_reason(string from, string to, int line, string reason)
    {
        Assert.Contains(from, Good, StringComparison.Ordinal);
        var refused = Assert.Throws<RuleFileException>(() => Parse(Good.Replace(from, to, StringComparison.Ordinal)));

        Assert.Contains(refused.Errors, error => error.Reason.Contains(reason, StringComparison.Ordinal));
        var error = refused.Errors.First(error => error.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(("amendment.yaml", line), (error.File, error.Line));
    }

    [Fact]
    public void All_errors_of_a_text_are_reported_in_order_of_lines()
    {
        var text = Good.Replace("4800 TPP", "4800", StringComparison.Ordinal)
            .Replace("certainty: secondary", "certainty: sure", StringComparison.Ordinal)
            .Replace("IN_FORCE", "IN_FORCE\nextra: 1", StringComparison.Ordinal);
        var refused = Assert.Throws<RuleFileException>(() => Parse(text));

        Assert.Equal([2, 10, 19], refused.Errors.Select(error => error.Line));
        Assert.StartsWith("amendment.yaml(2): unknown key 'extra'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_nests_without_end_is_refused_before_it_is_built()
    {
        var deep = "item: " + string.Concat(Enumerable.Repeat("{ not: ", 5_000)) + "any";
        Assert.Contains("nested deeper", Assert.Throws<RuleFileException>(() => Parse(deep)).Message, StringComparison.Ordinal);

        var longText = "sentence: " + new string('a', RuleText.CharactersMax);
        Assert.Contains("characters", Assert.Throws<RuleFileException>(() => Parse(longText)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_digest_is_of_the_meaning_and_not_of_the_layout()
    {
        var other = "# a comment\n" + Good.Replace("{ at_least: 4800 TPP }", "\n        at_least: 4800.0 TPP", StringComparison.Ordinal);
        Assert.Equal(Parse(Good).Digest, Parse(other).Digest);

        Assert.NotEqual(Parse(Good).Digest, Parse(Good.Replace("4800", "4801", StringComparison.Ordinal)).Digest);
        Assert.NotEqual(Parse(Good).Digest, Parse(Good.Replace("H100", "H200", StringComparison.Ordinal)).Digest);
        Assert.NotEqual(Parse(Good).Digest, Parse(Good.Replace("POL_ACS", "UNSTATED", StringComparison.Ordinal)).Digest);
        Assert.NotEqual(Parse(Good).Digest, Parse(Good.Replace("2025-02-01", "2025-02-02", StringComparison.Ordinal)).Digest);
    }

    private static AmendmentContent Parse(string yaml) => AmendmentParser.Parse(yaml, "amendment.yaml", Pack.Rules.Vocabulary);
}
