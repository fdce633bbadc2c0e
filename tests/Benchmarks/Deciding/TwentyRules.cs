using System.Globalization;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;

namespace OrderTracking.Benchmarks.Deciding;

/// <summary>Twenty rules of the kinds there are, as amendments; <see cref="IfChain"/> and <see cref="OtherEngine"/> say the same in their ways.</summary>
internal static class TwentyRules
{
    public static readonly DateTimeOffset KnownAt = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly ShipDate = new(2025, 5, 1);

    private static readonly (string Scope, string Item, string Policy)[] Rules =
    [
        ("{ all_of: [{ exporter: NVIDIA }, { destination: [CN, RU] }] }", "{ family: [A100, H100] }", "UNSTATED"),
        ("{ all_of: [{ exporter: NVIDIA }, { any_of: [{ destination: [CN, MO] }, { headquarters: [CN, MO] }] }] }", "{ family: H20 }", "UNSTATED"),
        ("{ all_of: [{ exporter: AMD }, { any_of: [{ destination: [CN, MO] }, { headquarters: [CN, MO] }] }] }", "{ family: MI308X }", "UNSTATED"),
        ("{ all_of: [{ exporter: INTEL }, { destination: [CN, MO] }] }", "{ memory_bandwidth_gbps: { at_least: 1400 GB/s } }", "UNSTATED"),
        ("{ destination: [RU, BY] }", "any", "PRESUMPTION_OF_DENIAL"),
        ("{ destination: [CU, IR, KP, SY] }", "any", "PROHIBITED"),
        ("{ destination: CN }", "{ all_of: [{ tpp: { at_least: 4800 TPP } }, { io_bandwidth_gbps: { at_least: 600 GB/s } }] }", "PRESUMPTION_OF_DENIAL"),
        ("{ any_of: [{ destination: [CN, MO, VN, SA, AE] }, { headquarters: [CN, MO] }] }", "{ tpp: { at_least: 4800 TPP } }", "CASE_BY_CASE"),
        ("{ any_of: [{ destination: [CN, MO, VN, SA, AE] }, { headquarters: [CN, MO] }] }", "{ tpp: { at_least: 2400 TPP, less_than: 4800 TPP } }", "CASE_BY_CASE"),
        ("{ destination: [CN, MO] }", "{ sum: { of: [io_bandwidth_gbps, memory_bandwidth_gbps], at_least: 6500 GB/s } }", "PRESUMPTION_OF_DENIAL"),
        ("{ listed_owner_share: { at_least: 50 % } }", "any", "PRESUMPTION_OF_DENIAL"),
        ("{ not: { destination: [DE, JP, KR, NL, TW, GB, FR] } }", "{ tpp: { at_least: 9600 TPP } }", "CASE_BY_CASE"),
        ("{ all_of: [{ movement: REEXPORT }, { destination: [SG, MY] }] }", "{ tpp: { at_least: 4800 TPP } }", "CASE_BY_CASE"),
        ("{ all_of: [{ movement: TRANSFER }, { headquarters: [CN, RU] }] }", "any", "PRESUMPTION_OF_DENIAL"),
        ("{ all_of: [{ place_of_export: TW }, { destination: CN }] }", "{ performance_density: { at_least: 5.92 TPP/mm2 } }", "CASE_BY_CASE"),
        ("{ destination: [AE, SA, QA] }", "{ all_of: [{ tpp: { at_least: 4800 TPP } }, { designed_for_data_center: true }] }", "PRESUMPTION_OF_APPROVAL"),
        ("{ headquarters: [RU, BY] }", "{ io_bandwidth_gbps: { at_least: 300 GB/s } }", "PRESUMPTION_OF_DENIAL"),
        ("{ all_of: [{ destination: [IN, PK] }, { not: { exporter: NVIDIA } }] }", "{ tpp: { at_least: 2400 TPP } }", "CASE_BY_CASE"),
        ("{ destination: [VN, KH, LA] }", "{ memory_bandwidth_gbps: { at_least: 4000 GB/s } }", "CASE_BY_CASE"),
        ("{ destination: [MM, VE] }", "any", "PRESUMPTION_OF_DENIAL"),
    ];

    public static int Count => Rules.Length;

    /// <summary>The twenty, and so many more of the same kinds about other addressees, places and thresholds.</summary>
    public static RuleDay Day(int added)
    {
        var pack = RulePackFiles.Load(RulePackFiles.DefaultDirectory);
        var vocabulary = RuleSnapshot.Build(pack, [], []).Vocabulary;
        var amendments = Rules.Select((rule, at) => Amendment(at, rule, vocabulary)).Concat(Enumerable.Range(0, added).Select(number => Amendment(Rules.Length + number, Another(number), vocabulary)));
        return RuleSnapshot.Build(pack with { Rules = [] }, amendments, []).At(KnownAt).On(ShipDate);
    }

    private static (string Scope, string Item, string Policy) Another(int number)
    {
        string[] places = ["CN", "VN", "SG", "AE", "DE", "JP", "IN", "MY", "BR", "TR", "EG", "TH", "ID", "MX", "KZ", "QA"];
        var (one, other) = (places[number % places.Length], places[(number + 1 + number / places.Length % (places.Length - 1)) % places.Length]);
        var threshold = 1_000 + number * 17 % 9_000;
        return (number % 4) switch
        {
            0 => (string.Create(CultureInfo.InvariantCulture, $"{{ all_of: [{{ exporter: MAKER-{number} }}, {{ destination: [{one}, {other}] }}] }}"), "any", "UNSTATED"),
            1 => ($"{{ all_of: [{{ destination: {one} }}, {{ headquarters: {other} }}] }}", $"{{ tpp: {{ at_least: {threshold} TPP }} }}", "CASE_BY_CASE"),
            2 => ($"{{ all_of: [{{ place_of_export: {other} }}, {{ destination: {one} }}] }}", $"{{ memory_bandwidth_gbps: {{ at_least: {threshold} GB/s }} }}", "CASE_BY_CASE"),
            _ => ($"{{ destination: {one} }}", string.Create(CultureInfo.InvariantCulture, $"{{ family: [CHIP-{number}] }}"), "PRESUMPTION_OF_DENIAL"),
        };
    }

    private static PublishedAmendment Amendment(int number, (string Scope, string Item, string Policy) rule, Vocabulary vocabulary)
    {
        var content = AmendmentParser.Parse(
            $$"""
            status: IN_FORCE
            effective: always
            scope: {{rule.Scope}}
            item: {{rule.Item}}
            policy: {{rule.Policy}}
            citation: synthetic
            source: benchmark
            certainty: confirmed
            sentence: A rule for measuring.
            """,
            $"rule {number}",
            vocabulary);
        return new PublishedAmendment(NameOf(number), "A rule for measuring", 1, KnownAt.AddDays(-1), content);
    }

    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"RULE-{number:D4}");
}
