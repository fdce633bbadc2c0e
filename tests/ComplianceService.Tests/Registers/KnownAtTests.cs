using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>One shipment, judged as known on different days: what was recorded later takes no part.</summary>
public sealed class KnownAtTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    private const string Cleared = "CLEARED ";
    private const string Letter = "BLOCKED US-2023-10-LETTER:PRESUMPTION_OF_DENIAL";
    private const string Rule = "BLOCKED US-3A090-A:PRESUMPTION_OF_DENIAL";
    private const string Affiliates = "BLOCKED US-2025-09-AFFILIATES:PRESUMPTION_OF_DENIAL";
    private const string Diffusion = "HELD US-2025-01-DIFFUSION:CASE_BY_CASE";
    private static int rules;

    // The rule was published on 10-17 for 11-17; the letter of 10-23 took effect at once, until the rule would.
    [Theory]
    [InlineData("2023-10-22", Cleared, Cleared, Cleared, Cleared)]
    [InlineData("2023-10-23", Cleared, Cleared, Cleared, Letter)]
    [InlineData("2023-11-16", Cleared, Cleared, Cleared, Letter)]
    [InlineData("2023-11-17", Cleared, Rule, Rule, Rule)]
    public async Task H800_to_China_as_known_on_2023_10_16_17_22_and_23(
        string shipDate, string on16, string on17, string on22, string on23)
    {
        string[] known = ["2023-10-16", "2023-10-17", "2023-10-22", "2023-10-23"];
        var answers = await Ask([.. known.Select(day => Asked.Check("H800-SXM5", "CN", shipDate, Pack.EndOf(day)))]);

        Assert.Equal([on16, on17, on22, on23], answers.Select(Asked.Written));
        Assert.Equal(known.Select(day => Timestamp.FromDateTimeOffset(Pack.EndOf(day))), answers.Select(answer => answer.KnownAt));
    }

    [Fact]
    public async Task H800_to_China_at_any_instant_and_for_any_day_of_that_autumn()
    {
        var first = Pack.StartOf("2023-10-01");
        var pairs = Gen.Select(
            Gen.Int[0, 91 * 24], Gen.Int[0, 91], (hour, day) => (first.AddHours(hour), Pack.Day("2023-10-01").AddDays(day)));
        await pairs.Array[100].SampleAsync(
            async asked =>
            {
                var answers = await Ask([.. asked.Select(pair => Asked.Check("H800-SXM5", "CN", $"{pair.Item2:yyyy-MM-dd}", pair.Item1))]);
                Assert.Equal(asked.Select(pair => Expected(pair.Item1, pair.Item2)), answers.Select(Asked.Written));
            },
            iter: 10, threads: 1);
    }

    [Theory]
    [InlineData("2025-06-02", Cleared, Diffusion, Diffusion, Cleared)]
    [InlineData("2025-05-15", Cleared, Diffusion, Diffusion, Cleared)]
    [InlineData("2025-05-14", Cleared, Cleared, Cleared, Cleared)]
    public async Task The_diffusion_rule_was_announced_and_then_withdrawn_before_it_took_effect(
        string shipDate, string before, string announced, string lastDay, string withdrawn)
    {
        string[] known = ["2025-01-12", "2025-01-13", "2025-05-12", "2025-05-13"];
        var answers = await Ask([.. known.Select(day => Asked.Check("H100-SXM5", "IN", shipDate, Pack.EndOf(day)))]);

        Assert.Equal([before, announced, lastDay, withdrawn], answers.Select(Asked.Written));
    }

    [Theory]
    [InlineData("2025-11-09", Cleared, Affiliates, Affiliates)]
    [InlineData("2025-11-10", Cleared, Affiliates, Cleared)]
    [InlineData("2026-11-09", Cleared, Affiliates, Cleared)]
    [InlineData("2026-11-10", Cleared, Affiliates, Affiliates)]
    public async Task The_affiliates_rule_is_suspended_for_a_year_and_returns_by_itself(
        string shipDate, string before, string inForce, string suspended)
    {
        string[] known = ["2025-09-28", "2025-11-09", "2025-11-10"];
        var questions = known.Select(day => Asked.Check("L2", "SG", shipDate, Pack.EndOf(day))).ToList();
        foreach (var question in questions)
            question.Facts.Parties[0].ListedOwnerSharePercent = 50;

        Assert.Equal([before, inForce, suspended], (await Ask(questions)).Select(Asked.Written));
    }

    [Fact]
    public async Task Nothing_recorded_or_proposed_later_changes_an_answer_asked_with_an_earlier_instant()
    {
        var questions = Gen.Select(
            Gen.OneOfConst("H800-SXM5", "H20", "L2", "H100-SXM5"),
            Gen.OneOfConst("CN", "SG", "IN", "UY"),
            Gen.Int[0, 1_800],
            Gen.Int[0, 1_800]);
        var texts = Gen.Select(
            Gen.OneOfConst("US-3A090-A", "US-2023-10-LETTER", "US-EMBARGO", "OWN"),
            Gen.OneOfConst("SUSPENDED", "REPEALED", "IN_FORCE"),
            Gen.Int[0, 60]);
        await Gen.Select(questions.Array[20], texts.Array[1, 4]).SampleAsync(
            async sample =>
            {
                var asked = sample.Item1.Select(one => Asked.Check(
                    one.Item1, one.Item2, $"{Pack.Day("2023-01-01").AddDays(one.Item3):yyyy-MM-dd}", Earlier(one.Item4))).ToList();
                var before = (await Ask(asked)).Select(answer => answer.ToByteString()).ToList();
                foreach (var (rule, status, months) in sample.Item2)
                    await Publish(rule, status, Pack.Day("2023-01-01").AddMonths(months));
                Assert.Equal(before, (await Ask(asked)).Select(answer => answer.ToByteString()));
            },
            iter: 8, threads: 1);
    }

    private DateTimeOffset Earlier(int daysAfter2023)
    {
        var instant = Pack.StartOf("2023-01-01").AddDays(daysAfter2023);
        return instant < host.Now ? instant : host.Now;
    }

    /// <summary>Something new about a rule from a day on, for all its shipments: a draft first, then law.</summary>
    private async Task Publish(string rule, string status, DateOnly from)
    {
        var number = Interlocked.Increment(ref rules);
        var (exporter, window) = ($"KNOWN-{number}", $"{{ from: {from:yyyy-MM-dd}, to: {from.AddYears(1 + number):yyyy-MM-dd} }}");
        var facts = TestCases.Facts("UY", from, exporter);
        var home = new ShipmentFacts(facts) { DestinationCountry = "US" };
        var (definition, tests) = status == "IN_FORCE"
            ? (Pack.InForce(window, "UY", "PROHIBITED"), TestCases.Both(facts, "PROHIBITED"))
            : (Pack.NotInForce(status, window), (IReadOnlyList<AmendmentTest>)[TestCases.Silent(home)]);
        await host.Publish(rule == "OWN" ? $"T-KNOWN-{number}" : rule, definition, tests);
        host.Now += TimeSpan.FromHours(1);
    }

    private static string Expected(DateTimeOffset knownAt, DateOnly shipDate) => (knownAt, shipDate) switch
    {
        _ when shipDate >= Pack.Day("2023-11-17") => knownAt >= Pack.StartOf("2023-10-17") ? Rule : Cleared,
        _ when shipDate >= Pack.Day("2023-10-23") => knownAt >= Pack.StartOf("2023-10-23") ? Letter : Cleared,
        _ => Cleared,
    };

    private async Task<IReadOnlyList<Decision>> Ask(IReadOnlyList<CheckShipmentRequest> questions)
    {
        var answers = new List<Decision>();
        foreach (var question in questions)
            answers.Add(await host.Checks().CheckShipmentAsync(question));
        return answers;
    }
}
