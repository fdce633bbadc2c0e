using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Licences.Exceptions;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;
using WireCountries = OrderTracking.Wire.Countries;
using WirePartyRole = OrderTracking.Types.V1.PartyRole;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>Reads what the authority has issued, with all that is wrong with it at once.</summary>
internal static class LicenceStatement
{
    public const int NumberCharactersMax = 64;
    public const int AuthorityCharactersMax = 100;
    public const int ConditionsCharactersMax = 4_000;
    public const int RulesMax = 50;
    public const int PartiesMax = 200;
    public const int DestinationsMax = 250;

    /// <summary>Percent of a line's value, where the licence states no tolerance.</summary>
    public const int ToleranceDefaultPercent = 10;

    /// <param name="existing">The licence that is amended; null where one is registered.</param>
    /// <returns>A licence without id, author and times; null only if something was added to the violations.</returns>
    public static Licence? Parse(V1.Licence? message, string field, RuleSnapshot rules, Licence? existing, Violations violations)
    {
        var found = violations.Found.Count;
        message ??= new V1.Licence();
        var kind = ParseKind(message.Kind, $"{field}.kind", violations);
        var number = WireText.Parse(message.Number, $"{field}.number", NumberCharactersMax, violations);
        var authority = WireText.Parse(message.Authority, $"{field}.authority", AuthorityCharactersMax, violations);
        var licensee = WireExporter.Parse(message.Licensee, $"{field}.licensee", violations);
        var conditions = WireText.ParseOptional(message.Conditions, $"{field}.conditions", ConditionsCharactersMax, violations);
        var tolerance = ParseTolerance(message, field, violations);
        var covered = ParseList(
            message.Rules, $"{field}.rules", RulesMax, (rule, at) => ParseRule(rule, at, kind, rules, violations), violations);
        var lines = LicenceLines.Parse(message.Lines, $"{field}.lines", kind, existing, violations);
        var parties = ParseList(
            message.Parties, $"{field}.parties", PartiesMax, (party, at) => ParseParty(party, at, violations), violations);
        var destinations = ParseCountries(message.DestinationCountries, $"{field}.destination_countries", violations);
        var excluded = message.ExcludedHeadquartersCountries.Count == 0
            ? [] : ParseCountries(message.ExcludedHeadquartersCountries, $"{field}.excluded_headquarters_countries", violations);
        RefuseDuplicates(covered, $"{field}.rules", violations);
        var (from, to) = ParseDates(message, field, violations);
        return violations.Found.Count > found ? null : new Licence
        {
            Id = Guid.Empty,
            Kind = kind,
            Number = number!,
            Authority = authority!,
            Licensee = licensee!,
            State = Licence.Active,
            Rules = [.. covered.Order(StringComparer.Ordinal)],
            Lines = [.. lines.Select(line => line.WithTolerance(tolerance))],
            Parties = parties,
            Destinations = [.. destinations.Order(StringComparer.Ordinal)],
            ExcludedHeadquarters = [.. excluded.Order(StringComparer.Ordinal)],
            ValidFrom = from!.Value,
            ValidTo = to!.Value,
            Conditions = conditions ?? "",
            ValueTolerancePercent = tolerance,
            LastLine = Math.Max(existing?.LastLine ?? 0, lines.Max(line => line.Number)),
        };
    }

    private static LicenceKind ParseKind(V1.Licence.Types.Kind kind, string field, Violations violations)
    {
        if (kind == V1.Licence.Types.Kind.Unspecified)
            return LicenceKind.Licence;
        var parsed = (LicenceKind)((int)kind - 1);
        if (Enum.IsDefined(parsed))
            return parsed;
        violations.Add(field, LicenceReasons.LicenceKindUnknown, kind.ToString(), "LICENCE, EXCEPTION_NAC or EXCEPTION_ACA");
        return LicenceKind.Licence;
    }

    private static int ParseTolerance(V1.Licence message, string field, Violations violations)
    {
        if (!message.HasValueTolerancePercent)
            return ToleranceDefaultPercent;
        if (message.ValueTolerancePercent is < 0 or > 100)
            violations.Add(
                $"{field}.value_tolerance_percent", LicenceReasons.LicenceToleranceInvalid,
                message.ValueTolerancePercent.ToString(CultureInfo.InvariantCulture), "0 to 100 percent");
        return message.ValueTolerancePercent;
    }

    private static List<string> ParseCountries(IReadOnlyCollection<string> given, string field, Violations violations)
    {
        var countries = ParseList(given, field, DestinationsMax, (country, at) => WireCountries.Parse(country, at, violations), violations);
        RefuseDuplicates(countries, field, violations);
        return countries;
    }

    internal static List<TParsed> ParseList<T, TParsed>(
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

    private static string? ParseRule(string rule, string field, LicenceKind kind, RuleSnapshot rules, Violations violations)
    {
        var found = violations.Found.Count;
        if (rules.Find(rule) is null)
            violations.Add(field, RegisterReasons.LicenceRuleUnknown, rule, "the id of a known rule, such as US-2025-04-NVIDIA-LETTER");
        else if (kind != LicenceKind.Licence && !LicensingPack.Default.RulesOf(kind).Contains(rule))
            violations.Add(
                field, LicenceReasons.ExceptionRuleInvalid, rule,
                $"a rule it is an exception from: {string.Join(", ", LicensingPack.Default.RulesOf(kind))}");
        return violations.Found.Count > found ? null : rule;
    }

    private static LicenceParty? ParseParty(V1.LicenceParty party, string field, Violations violations)
    {
        var name = WireText.Parse(party.Name, $"{field}.name", Limits.NameCharactersMax, violations, WireReasons.NameMissing);
        var country = WireCountries.Parse(party.Country, $"{field}.country", violations);
        var role = party.Role == WirePartyRole.Unspecified ? null : (PartyRole?)((int)party.Role - 1);
        if (role is { } stated && !Enum.IsDefined(stated))
            violations.Add($"{field}.role", WireReasons.PartyRoleMissing, party.Role.ToString(), "a known role, or none for any");
        return name is null || country is null ? null : new LicenceParty(name, country, role);
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

    internal static void RefuseDuplicates(IReadOnlyCollection<string> given, string field, Violations violations)
    {
        foreach (var twice in given.GroupBy(one => one, StringComparer.Ordinal).Where(group => group.Count() > 1))
            violations.Add(field, RegisterReasons.ListHasDuplicates, twice.Key, "each entry once");
    }
}
