using System.Text;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>
/// A listed party as its list has it. The id stays the same from snapshot to snapshot; the digest changes with the content. Dates are
/// ship dates: the entry holds from the first to the last of them, both included.
/// </summary>
internal sealed record ListEntry
{
    public required string Id { get; init; }

    /// <summary>The authority's list, such as <c>Entity List (EL) - Bureau of Industry and Security</c>.</summary>
    public required string Source { get; init; }

    public string Type { get; init; } = "";

    public required string Name { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>ISO 3166-1 alpha-2, of addresses, citizenships and nationalities.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    public string Programs { get; init; } = "";

    public string Citation { get; init; } = "";

    public DateOnly? StartDate { get; init; }

    public DateOnly? EndDate { get; init; }

    public string LicenseRequirement { get; init; } = "";

    public string LicensePolicy { get; init; } = "";

    public string Remarks { get; init; } = "";

    public string Identifiers { get; init; } = "";

    public bool HoldsOn(DateOnly shipDate) => !(StartDate > shipDate) && !(EndDate < shipDate);

    /// <summary>Lower-case SHA-256 hex of everything the entry says. The order of names and addresses does not count.</summary>
    public string Digest()
    {
        var text = new StringBuilder("entry 1\n");
        text.Field("id", Id).Field("source", Source).Field("type", Type).Field("name", Name);
        foreach (var alias in Aliases.Order(StringComparer.Ordinal))
            text.Field("alias", alias);
        foreach (var address in Addresses.Order(StringComparer.Ordinal))
            text.Field("address", address);
        foreach (var country in Countries.Order(StringComparer.Ordinal))
            text.Field("country", country);
        text.Field("programs", Programs).Field("citation", Citation);
        text.Field("start", Canonical.Date(StartDate)).Field("end", Canonical.Date(EndDate));
        text.Field("requirement", LicenseRequirement).Field("policy", LicensePolicy).Field("remarks", Remarks).Field("ids", Identifiers);
        return Canonical.Digest(text);
    }
}
