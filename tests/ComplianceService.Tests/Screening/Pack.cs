using System.Globalization;
using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Tests.Screening;

/// <summary>The pack that ships, loaded once, and short ways to state a shipment.</summary>
internal static class Pack
{
    public static RulePack Files { get; } = RulePackFiles.Load(RulePackFiles.DefaultDirectory);

    public static RuleSnapshot Rules { get; } = RuleSnapshot.Build(Files, [], []);

    public static Catalogue Catalogue { get; } = Catalogue.Build(RulePackFiles.LoadCatalogue(RulePackFiles.DefaultDirectory));

    public static DateTimeOffset Today { get; } = EndOf("2026-11-22");

    public static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset StartOf(string date) => new(Day(date), TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The last instant of a day, which is how the cases file reads a bare knowledge date.</summary>
    public static DateTimeOffset EndOf(string date) => StartOf(date).AddDays(1).AddMicroseconds(-1);

    public static Party EndUser(string headquarters, string name = "Aurora Systems", decimal? share = null) =>
        new(PartyRole.EndUser, name, headquarters, headquarters, UltimateParent.In(headquarters), null, share);

    public static ShipmentFacts Shipment(
        Item item, string destination, string shipDate, string exporter = "NVIDIA", string? headquarters = null, decimal? share = null) =>
        new(item, exporter, new PlaceOfExport("US", "America/Los_Angeles"), destination, Movement.Export,
            [EndUser(headquarters ?? destination, share: share)], Day(shipDate));

    public static Decision Decide(ShipmentFacts facts, DateTimeOffset? knownAt = null, RuleSnapshot? rules = null) =>
        DecisionEngine.Decide(facts, knownAt ?? Today, rules ?? Rules, Catalogue);

    public static Decision Decide(string part, string destination, string shipDate, string exporter = "NVIDIA", string? headquarters = null) =>
        Decide(Shipment(new Item(part), destination, shipDate, exporter, headquarters));

    /// <summary>The findings as the cases file writes them: rule and policy, or effect where there is no policy.</summary>
    public static string Fired(Decision decision) => string.Join(' ', decision.Findings.Select(finding =>
        finding.Rule + ":" + Canonical.Code(finding.Effect == Effect.LicenceRequired ? finding.ReviewPolicy.ToString() : finding.Effect.ToString())));

    public static PublishedAmendment Amendment(string rule, int number, DateTimeOffset recordedAt, string yaml) =>
        new(rule, "A rule of the tests", number, recordedAt, AmendmentParser.Parse(yaml, "test.yaml", Rules.Vocabulary));

    /// <summary>An amendment that fires for every item to one destination.</summary>
    public static string InForce(string effective, string destination = "DE", string policy = "CASE_BY_CASE") =>
        $"""
        status: IN_FORCE
        effective: {effective}
        scope:
          destination: {destination}
        item: any
        policy: {policy}
        citation: a citation
        source: a source
        certainty: confirmed
        sentence: A sentence.
        """;

    public static string NotInForce(string status, string effective) =>
        $"""
        status: {status}
        effective: {effective}
        citation: a citation
        source: a source
        certainty: confirmed
        sentence: A sentence.
        """;
}
