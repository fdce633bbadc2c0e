using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Tests.Registers;
using OrderTracking.ComplianceService.Tests.Screening;

namespace OrderTracking.ComplianceService.Tests.Service;

/// <summary>
/// The tests an amendment of these tests carries: one shipment its rule fires on, and one within the country, where none does.
/// </summary>
internal static partial class TestCases
{
    private static readonly DateOnly AnyDay = new(2027, 3, 1);

    /// <summary>
    /// For an amendment as <see cref="Pack.InForce"/> and <see cref="Pack.NotInForce"/> write it; none for a text that is refused.
    /// </summary>
    public static IReadOnlyList<AmendmentTest> For(string definition)
    {
        AmendmentContent content;
        try
        {
            content = AmendmentParser.Parse(definition, "test", Pack.Rules.Vocabulary);
        }
        catch (RuleFileException)
        {
            return [];
        }

        var day = content.Effective.From ?? content.Effective.To?.AddDays(-1) ?? AnyDay;
        var destination = Destination().Match(definition).Groups[1].Value;
        return content.Status == AmendmentStatus.InForce
            ? Both(Facts(destination, day), PolicyOf().Match(definition).Groups[1].Value)
            : [Silent(Facts("US", day))];
    }

    /// <param name="policy">PROHIBITED or a review policy.</param>
    public static IReadOnlyList<AmendmentTest> Both(ShipmentFacts hit, string policy)
    {
        var home = new ShipmentFacts(hit) { DestinationCountry = "US" };
        return [Fires(hit, policy), Silent(home)];
    }

    public static AmendmentTest Fires(ShipmentFacts facts, string policy, string name = "It fires") => new()
    {
        Name = name,
        Facts = facts,
        Outcome = policy is "PROHIBITED" or "PRESUMPTION_OF_DENIAL" ? Outcome.Blocked : Outcome.Held,
        Fires = policy == "PROHIBITED"
            ? new AmendmentTest.Types.Fires { Effect = Effect.Prohibited }
            : new AmendmentTest.Types.Fires { Effect = Effect.LicenceRequired, ReviewPolicy = Of(policy) },
    };

    public static AmendmentTest Silent(ShipmentFacts facts, string name = "It does not fire") =>
        new() { Name = name, Facts = facts, Outcome = Outcome.Cleared, DoesNotFire = new Empty() };

    /// <summary>A chip no rule of the pack is about.</summary>
    public static ShipmentFacts Facts(string destination, DateOnly day, string exporter = "NVIDIA")
    {
        var facts = Asked.Check("L2", destination, "2027-03-01").Facts;
        facts.ShipDate = Asked.Day(day);
        facts.Exporter = exporter;
        return facts;
    }

    private static ReviewPolicy Of(string policy) => policy switch
    {
        "PRESUMPTION_OF_DENIAL" => ReviewPolicy.PresumptionOfDenial,
        "CASE_BY_CASE" => ReviewPolicy.CaseByCase,
        "PRESUMPTION_OF_APPROVAL" => ReviewPolicy.PresumptionOfApproval,
        _ => ReviewPolicy.Unstated,
    };

    [GeneratedRegex("destination: \\[?([A-Z]{2})")]
    private static partial Regex Destination();

    [GeneratedRegex("policy: ([A-Z_]+)")]
    private static partial Regex PolicyOf();
}
