using System.Diagnostics;
using System.Globalization;
using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.Benchmarks;

/// <summary>How long one whole decision takes in process, explanations included: the limit users were promised is a p99 of 10 ms at 500 rules.</summary>
internal static class DecisionLatency
{
    public const int PackRules = 12;
    private const int WarmUp = 20_000;
    private const int Measured = 100_000;
    private static readonly DateTimeOffset KnownAt = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    public static void Print(int rulesAdded)
    {
        var pack = RulePackFiles.Load(RulePackFiles.DefaultDirectory);
        var catalogue = Catalogue.Build(RulePackFiles.LoadCatalogue(RulePackFiles.DefaultDirectory));
        var snapshot = RuleSnapshot.Build(pack, [], []);
        snapshot = RuleSnapshot.Build(pack, Added(rulesAdded, snapshot.Vocabulary), []);
        var facts = Facts();
        for (var i = 0; i < WarmUp; i++)
            DecisionEngine.Decide(facts, KnownAt, snapshot, catalogue);
        var ticks = new long[Measured];
        for (var i = 0; i < Measured; i++)
        {
            var start = Stopwatch.GetTimestamp();
            DecisionEngine.Decide(facts, KnownAt, snapshot, catalogue);
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(ticks);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{PackRules + rulesAdded,4} rules: p50 {Microseconds(ticks[Measured / 2]):F1} us, p99 {Microseconds(ticks[Measured / 100 * 99]):F1} us"));
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

    private static IEnumerable<PublishedAmendment> Added(int count, Vocabulary vocabulary)
    {
        for (var number = 0; number < count; number++)
        {
            var content = AmendmentParser.Parse(
                $$"""
                status: IN_FORCE
                effective: { from: 2024-01-01 }
                scope: { destination: [CN, "D:5"] }
                item: { tpp: { at_least: {{20_000 + number}} TPP } }
                policy: CASE_BY_CASE
                citation: synthetic
                source: benchmark
                certainty: confirmed
                sentence: A rule for measuring.
                """,
                $"rule {number}",
                vocabulary);
            yield return new PublishedAmendment($"TEST-{number:D4}", "A rule for measuring", 1, KnownAt.AddDays(-1), content);
        }
    }

    private static ShipmentFacts Facts() => new(
        new Item("H20"),
        "NVIDIA",
        new PlaceOfExport("US", "America/Los_Angeles"),
        "CN",
        Movement.Export,
        [new Party(PartyRole.EndUser, "Buyer", "CN", "CN", UltimateParent.In("CN"))],
        new DateOnly(2025, 5, 1));
}
