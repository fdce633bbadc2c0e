using System.Collections.Frozen;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// The names a rule text may use: country groups, and the definitions of the pack. A text that uses another name is refused.
/// </summary>
internal sealed record Vocabulary(
    FrozenSet<string> Groups,
    IReadOnlyDictionary<string, PlaceSet> Places,
    IReadOnlyDictionary<string, Condition> Tests,
    IReadOnlyDictionary<string, Policy> Policies)
{
    public static Vocabulary OfGroups(IEnumerable<string> groups) => new(
        groups.ToFrozenSet(StringComparer.Ordinal),
        new Dictionary<string, PlaceSet>(),
        new Dictionary<string, Condition>(),
        new Dictionary<string, Policy>());
}
