using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Rules.Parsing;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>Reads the names rules/{rule} and rules/{rule}/amendments/{number}.</summary>
internal static class AmendmentNames
{
    private const string Rules = "rules";
    private const string Amendments = "amendments";

    /// <returns>The rule's id; null if the name was refused.</returns>
    public static string? ParseRule(string name, string field, Violations violations)
    {
        if (name.Split('/') is [Rules, var rule] && RuleParser.IsRuleId(rule))
            return rule;
        violations.Add(field, BuildingReasons.NameInvalid, name, "rules/{rule}, the rule in upper-case letters, digits and hyphens");
        return null;
    }

    /// <exception cref="Refusal">NAME_INVALID.</exception>
    public static (string Rule, int Number) Require(string name)
    {
        var violations = new Violations();
        var parsed = Parse(name, "name", violations);
        violations.ThrowIfAny();
        return parsed!.Value;
    }

    /// <returns>The rule's id and the amendment's number; null if the name was refused.</returns>
    public static (string Rule, int Number)? Parse(string name, string field, Violations violations)
    {
        if (name.Split('/') is [Rules, var rule, Amendments, var text] && RuleParser.IsRuleId(rule)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && text[0] != '0')
            return (rule, number);
        violations.Add(field, BuildingReasons.NameInvalid, name, "rules/{rule}/amendments/{number}");
        return null;
    }
}
