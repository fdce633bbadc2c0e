using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Rules;

public sealed class PackFileTests
{
    private const string Groups = "group,country,from,to,certainty\n";

    private const string Chips =
        "part_number,family,vendor,description,launched,tpp,die_area_mm2,performance_density,io_bandwidth_gbps,memory_bandwidth_gbps,"
        + "designed_for_data_center,certainty,note\n";

    [Fact]
    public void The_pack_holds_its_twelve_rules_with_everything_a_rule_carries()
    {
        Assert.Equal(12, Pack.Files.Rules.Count);
        Assert.All(Pack.Files.Rules.SelectMany(rule => rule.Amendments), amendment =>
        {
            Assert.NotEmpty(amendment.Content.Citation);
            Assert.NotEmpty(amendment.Content.Source);
            Assert.NotEmpty(amendment.Content.Sentence);
        });
        Assert.Equal(20, Pack.Catalogue.PartNumbers.Count());
    }

    [Theory]
    [InlineData("D:1,CN,2024-13-01,,secondary", 2, "no date")]
    [InlineData("D:1,XX,,,secondary", 2, "no country")]
    [InlineData("D:1,HK,,,secondary", 2, "HK is read as CN")]
    [InlineData("D1,CN,,,secondary", 2, "no group")]
    [InlineData("D:1,CN,2024-01-01,2024-01-01,secondary", 2, "is empty")]
    [InlineData("D:1,CN,,,sure", 2, "unknown certainty")]
    [InlineData("D:1,CN,,", 2, "4 cells, 5 are expected")]
    [InlineData("D:1,CN,,,secondary\nD:1,CN,,,secondary", 3, "stands twice")]
    public void A_group_row_is_refused_with_line_and_reason(string rows, int line, string reason)
    {
        var refused = Assert.Throws<RuleFileException>(() => GroupFile.Parse(Groups + rows, "groups.csv"));
        var error = Assert.Single(refused.Errors);

        Assert.Equal(("groups.csv", line), (error.File, error.Line));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X,X,V,D,,4800 TPP,,,,,true,confirmed,", "'tpp' is '4800 TPP'")]
    [InlineData("X,X,V,D,,-1,,,,,true,confirmed,", "'tpp' is '-1'")]
    [InlineData("X,X,V,D,,,0,,,,true,confirmed,", "'die_area_mm2' is 0")]
    [InlineData("X,X,V,D,,,,,,,yes,confirmed,", "true, false or empty")]
    [InlineData(",X,V,D,,,,,,,true,confirmed,", "'part_number' is empty")]
    [InlineData("X,X,V,D,15.1.2024,,,,,,true,confirmed,", "no date")]
    public void A_chip_row_is_refused_with_line_and_reason(string row, string reason)
    {
        var refused = Assert.Throws<RuleFileException>(() => ChipFile.Parse(Chips + row, "chips.csv"));

        Assert.Contains(refused.Errors, error => error.Line == 2 && error.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Another_header_is_refused()
    {
        var refused = Assert.Throws<RuleFileException>(() => GroupFile.Parse("group,country\n", "g.csv"));

        Assert.Contains("the header is not", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_cell_is_unknown_and_not_zero()
    {
        var part = Assert.Single(ChipFile.Parse(Chips + "X,,V,D,,,,,0,,,confirmed,", "chips.csv"));

        Assert.Equal(new ItemFacts(IoBandwidthGbps: 0m), part.Facts);
        Assert.Null(part.Family);
    }

    [Fact]
    public void A_catalogue_revision_counts_from_its_recording_on()
    {
        var first = new PartRevision("X", 1, null, "X", "V", "D", null, new ItemFacts(Tpp: 1m), Certainty.Confirmed, "");
        var second = first with { Number = 2, RecordedAt = Pack.StartOf("2025-01-01"), Facts = new ItemFacts(Tpp: 2m) };
        var catalogue = Catalogue.Build([second, first]);
        var before = Pack.StartOf("2025-01-01").AddTicks(-1);

        Assert.Equal(1, catalogue.Find("X", before)!.Number);
        Assert.Equal(2, catalogue.Find("X", Pack.StartOf("2025-01-01"))!.Number);
        Assert.Null(catalogue.Find("Y", before));
        Assert.Equal(Catalogue.Build([first]).Digest(before), catalogue.Digest(before));
        Assert.NotEqual(catalogue.Digest(before), catalogue.Digest(Pack.StartOf("2025-01-01")));
        Assert.Equal(Pack.StartOf("2025-01-01"), catalogue.NextChangeAfter(before));
        Assert.Throws<ArgumentException>(() => Catalogue.Build([first, first]));
    }

    [Fact]
    public void A_definition_uses_only_those_above_it()
    {
        const string text =
            """
            pack: p
            title: t
            notice: n
            left_out: [x]
            tests:
              FIRST: { test: SECOND }
              SECOND: { tpp: { at_least: 1 TPP } }
            """;
        var error = Assert.Single(Assert.Throws<RuleFileException>(() => DefinitionsParser.Parse(text, "d.yaml", [])).Errors);

        Assert.Equal(("d.yaml", 6, "unknown item test 'SECOND'"), (error.File, error.Line, error.Reason));
    }

    [Fact]
    public void A_rule_file_without_a_recording_is_refused()
    {
        const string text =
            """
            rule: lower
            title: t
            citation: c
            source: s
            certainty: recalled
            sentence: s
            amendments:
              - status: REPEALED
                effective: always
            """;
        var refused = Assert.Throws<RuleFileException>(() => RuleParser.Parse(text, "r.yaml", Pack.Rules.Vocabulary));

        Assert.Equal(["r.yaml(1)", "r.yaml(8)"], refused.Errors.Select(error => $"{error.File}({error.Line})"));
    }
}
