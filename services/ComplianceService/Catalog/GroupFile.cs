using System.Text.RegularExpressions;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>Country groups as the pack ships them: always known, dated by ship date.</summary>
internal static partial class GroupFile
{
    public const string Name = "country-groups.csv";

    /// <exception cref="RuleFileException">The text is refused, with every error found.</exception>
    public static IReadOnlyList<GroupRow> Parse(string csv, string file)
    {
        using var rows = new CsvRows(csv, file, "group", "country", "from", "to", "certainty");
        var groups = new List<GroupRow>();
        var seen = new HashSet<GroupRow>();
        while (rows.Read())
        {
            var row = new GroupRow(
                rows.RequiredText("group"), rows.RequiredText("country"), rows.Date("from"), rows.Date("to"), rows.Certainty("certainty"));
            if (!GroupId().IsMatch(row.Group))
                rows.Refuse($"'{row.Group}' is no group such as D:5");
            if (!Countries.IsKnown(row.Country))
                rows.Refuse($"'{row.Country}' is no country of ISO 3166-1");
            if (row.Country == "HK")
                rows.Refuse("HK is read as CN in a decision, so HK would never be met; name CN");
            if (row is { From: { } from, To: { } to } && from >= to)
                rows.Refuse($"the window from {Canonical.Date(from)} to {Canonical.Date(to)} is empty");
            if (!seen.Add(row))
                rows.Refuse($"{row.Country} stands twice in {row.Group}");
            groups.Add(row);
        }

        rows.ThrowIfAny();
        return groups;
    }

    [GeneratedRegex("^[A-Z]:[1-9]$")]
    private static partial Regex GroupId();
}
