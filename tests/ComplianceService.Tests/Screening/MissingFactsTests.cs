using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Screening;

public sealed class MissingFactsTests
{
    /// <summary>In order: TPP, density, die area, I/O, memory, for data centers; then the rule and the facts it names.</summary>
    public static TheoryData<string, string, string> Named() => new()
    {
        { "1600 ? ? 0 0 yes", "US-3A090-A", "performance_density" },
        { "4799 ? ? 0 0 yes", "US-3A090-A", "performance_density" },
        { "1600 ? ? 0 0 ?", "US-3A090-A", "performance_density designed_for_data_center" },
        { "1599 ? ? 0 0 ?", "US-3A090-A", "-" },
        { "1600 ? ? 0 0 no", "US-3A090-A", "-" },
        { "5000 ? ? 0 0 ?", "US-3A090-A", "-" },
        { "? 5.91 ? 0 0 yes", "US-3A090-A", "tpp" },
        { "? ? ? 0 0 yes", "US-3A090-A", "tpp performance_density" },
        { "? ? ? 0 0 no", "US-3A090-A", "tpp" },
        { "? ? 814 0 0 yes", "US-3A090-A", "tpp" },
        { "? ? ? 0 0 ?", "US-3A090-B", "tpp performance_density designed_for_data_center" },
        { "? ? ? 0 0 no", "US-3A090-B", "" },
        { "? 5.92 ? 0 0 yes", "US-3A090-B", "-" },
        { "? 3.2 ? 0 0 yes", "US-3A090-B", "tpp" },
        { "4799 ? ? 0 0 ?", "US-3A090-B", "performance_density designed_for_data_center" },
        { "0 0 ? ? 3999 yes", "US-2025-04-NVIDIA-LETTER", "io_bandwidth_gbps" },
        { "0 0 ? 899 ? yes", "US-2025-04-NVIDIA-LETTER", "memory_bandwidth_gbps" },
        { "0 0 ? 900 ? yes", "US-2025-04-NVIDIA-LETTER", "-" },
        { "0 0 ? ? ? yes", "US-2025-04-NVIDIA-LETTER", "io_bandwidth_gbps memory_bandwidth_gbps" },
    };

    [Theory]
    [MemberData(nameof(Named))]
    public void Exactly_the_facts_that_can_turn_the_test_are_named(string facts, string rule, string expected)
    {
        var decision = Pack.Decide(Pack.Shipment(new Item("X", "X", Read(facts)), "CN", "2025-05-20"));
        var finding = decision.Findings.FirstOrDefault(finding => finding.Rule == rule && finding.Effect == Effect.Undetermined);

        Assert.Equal(expected, finding is null ? "-" : string.Join(' ', finding.MissingFacts));
    }

    [Fact]
    public void A_fact_whose_value_does_not_matter_is_not_named_though_the_test_is_unknown()
    {
        // On 100 mm2 every TPP of 1600 or more has a density of 16 or more: 3A090.b can never be met, and Kleene cannot see it.
        var decision = Pack.Decide(Pack.Shipment(new Item("X", "X", Read("? ? 100 0 0 yes")), "CN", "2025-05-20"));
        var finding = Assert.Single(decision.Findings, finding => finding.Rule == "US-3A090-B");

        Assert.Equal(Effect.Undetermined, finding.Effect);
        Assert.Empty(finding.MissingFacts);
        Assert.Equal(Outcome.Held, decision.Outcome);
    }

    [Fact]
    public void An_unknown_family_is_named_only_where_no_number_decides()
    {
        var unknownFamily = new Item("X", null, Read("0 0 ? 0 0 yes"));
        var finding = Assert.Single(Pack.Decide(Pack.Shipment(unknownFamily, "CN", "2025-05-20")).Findings);
        Assert.Equal(["family"], finding.MissingFacts);

        var reached = new Item("X", null, Read("0 0 ? 900 0 yes"));
        Assert.Equal("US-2025-04-NVIDIA-LETTER:UNSTATED", Pack.Fired(Pack.Decide(Pack.Shipment(reached, "CN", "2025-05-20"))));
    }

    [Fact]
    public void A_part_that_is_not_in_the_catalogue_is_held_even_where_no_rule_is_in_scope()
    {
        var decision = Pack.Decide("NO-SUCH-PART", "DE", "2025-04-08");
        var finding = Assert.Single(decision.Findings);

        Assert.Equal(Outcome.Held, decision.Outcome);
        Assert.Equal("PART_NOT_IN_CATALOGUE", finding.Rule);
        Assert.Equal(Effect.Undetermined, finding.Effect);
        Assert.Equal(
            ["tpp", "performance_density", "io_bandwidth_gbps", "memory_bandwidth_gbps", "designed_for_data_center", "family"],
            finding.MissingFacts);
        Assert.Equal(ItemSource.NotInCatalogue, decision.ItemUsed.Source);
    }

    [Fact]
    public void A_stated_family_of_an_unknown_part_is_used_and_not_missed()
    {
        var decision = Pack.Decide(Pack.Shipment(new Item("NO-SUCH-PART", "MI308X"), "CN", "2025-05-20", "AMD"));

        Assert.Contains("US-2025-04-AMD-LETTER:UNSTATED", Pack.Fired(decision), StringComparison.Ordinal);
        Assert.DoesNotContain(decision.Findings, finding => finding.MissingFacts.Contains("family"));
    }

    private static ItemFacts Read(string facts)
    {
        var words = facts.Split(' ');
        decimal? Number(int i) => words[i] == "?" ? null : decimal.Parse(words[i], System.Globalization.CultureInfo.InvariantCulture);
        return new ItemFacts(Number(0), Number(1), Number(2), Number(3), Number(4), words[5] switch { "yes" => true, "no" => false, _ => null });
    }
}
