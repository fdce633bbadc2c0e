using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;
using WireCountries = OrderTracking.Wire.Countries;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>Reads what the authority has issued, with all that is wrong with it at once.</summary>
internal static class LicenceStatement
{
    public const int NumberCharactersMax = 64;
    public const int AuthorityCharactersMax = 100;
    public const int ConditionsCharactersMax = 4_000;
    public const int RulesMax = 50;
    public const int LinesMax = 200;
    public const int PartiesMax = 200;
    public const int DestinationsMax = 250;
    public const long LineQuantityMax = 1_000_000_000;

    /// <returns>A licence without id, author and times; null only if something was added to the violations.</returns>
    public static Licence? Parse(V1.Licence? message, string field, RuleSnapshot rules, Violations violations)
    {
        var found = violations.Found.Count;
        message ??= new V1.Licence();
        var number = WireText.Parse(message.Number, $"{field}.number", NumberCharactersMax, violations);
        var authority = WireText.Parse(message.Authority, $"{field}.authority", AuthorityCharactersMax, violations);
        var licensee = WireExporter.Parse(message.Licensee, $"{field}.licensee", violations);
        var conditions = WireText.ParseOptional(message.Conditions, $"{field}.conditions", ConditionsCharactersMax, violations);
        var covered = ParseList(
            message.Rules, $"{field}.rules", RulesMax, (rule, at) => ParseRule(rule, at, rules, violations), violations);
        var lines = ParseList(message.Lines, $"{field}.lines", LinesMax, (line, at) => ParseLine(line, at, violations), violations);
        var parties = ParseList(
            message.Parties, $"{field}.parties", PartiesMax, (party, at) => ParseParty(party, at, violations), violations);
        var destinations = ParseList(
            message.DestinationCountries, $"{field}.destination_countries", DestinationsMax,
            (country, at) => WireCountries.Parse(country, at, violations), violations);
        RefuseDuplicates(covered, $"{field}.rules", violations);
        RefuseDuplicates(destinations, $"{field}.destination_countries", violations);
        var (from, to) = ParseDates(message, field, violations);
        if (violations.Found.Count > found)
            return null;
        var numbered = lines.Select((line, index) => line with { Number = index + 1 });
        return new Licence(
            Guid.Empty, number!, authority!, licensee!, Licence.Active, [.. covered.Order(StringComparer.Ordinal)], [.. numbered], parties,
            [.. destinations.Order(StringComparer.Ordinal)], from!.Value, to!.Value, conditions ?? "", "", 1, default, default);
    }

    private static List<TParsed> ParseList<T, TParsed>(
        IReadOnlyCollection<T> given, string field, int countMax, Func<T, string, TParsed?> parse, Violations violations)
        where TParsed : class
    {
        if (given.Count is > 0 && given.Count <= countMax)
            return [.. given.Select((one, index) => parse(one, $"{field}[{index}]")).OfType<TParsed>()];
        violations.Add(
            field, RegisterReasons.ListSizeInvalid, given.Count.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"1 to {countMax} entries"));
        return [];
    }

    private static string? ParseRule(string rule, string field, RuleSnapshot rules, Violations violations)
    {
        if (rules.Find(rule) is not null)
            return rule;
        violations.Add(field, RegisterReasons.LicenceRuleUnknown, rule, "the id of a known rule, such as US-2025-04-NVIDIA-LETTER");
        return null;
    }

    private static LicenceLine? ParseLine(V1.LicenceLine line, string field, Violations violations)
    {
        var found = violations.Found.Count;
        if (line.PartNumber.Length > 0 == line.Family.Length > 0)
            violations.Add(
                field, RegisterReasons.LicenceItemInvalid, $"part_number {line.PartNumber}, family {line.Family}",
                "a part number or a family, and not both");
        var partNumber = line.PartNumber.Length > 0 ? WireItem.ParsePartNumber(line.PartNumber, $"{field}.part_number", violations) : null;
        var family = WireText.ParseOptional(line.Family, $"{field}.family", Limits.FamilyCharactersMax, violations);
        if (line.Quantity is <= 0 or > LineQuantityMax)
            violations.Add(
                $"{field}.quantity", line.Quantity <= 0 ? WireReasons.QuantityNotPositive : WireReasons.QuantityTooLarge,
                line.Quantity.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"1 to {LineQuantityMax} units"));
        var value = WireMoney.ParseOptional(line.Value, $"{field}.value", violations);
        if (value is { MinorUnits: 0 })
            violations.Add($"{field}.value", RegisterReasons.LicenceValueNotPositive, "0", "an amount above 0, or none for no limit");
        return violations.Found.Count > found ? null : new LicenceLine(0, partNumber, family, line.Quantity, value, 0, 0, 0);
    }

    private static LicenceParty? ParseParty(V1.LicenceParty party, string field, Violations violations)
    {
        var name = WireText.Parse(party.Name, $"{field}.name", Limits.NameCharactersMax, violations, WireReasons.NameMissing);
        var country = WireCountries.Parse(party.Country, $"{field}.country", violations);
        return name is null || country is null ? null : new LicenceParty(name, country);
    }

    private static (DateOnly? From, DateOnly? To) ParseDates(V1.Licence message, string field, Violations violations)
    {
        var from = WireDate.Parse(message.ValidFrom, $"{field}.valid_from", violations);
        var to = WireDate.Parse(message.ValidTo, $"{field}.valid_to", violations);
        if (to < from)
            violations.Add(
                $"{field}.valid_to", RegisterReasons.LicenceDatesInvalid, to.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                $"a day from {from.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} on, the first ship date covered");
        return (from, to);
    }

    private static void RefuseDuplicates(IReadOnlyCollection<string> given, string field, Violations violations)
    {
        foreach (var twice in given.GroupBy(one => one, StringComparer.Ordinal).Where(group => group.Count() > 1))
            violations.Add(field, RegisterReasons.ListHasDuplicates, twice.Key, "each entry once");
    }
}
