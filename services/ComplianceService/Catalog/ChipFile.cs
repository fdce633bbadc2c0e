using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>The catalogue as the pack ships it: the first revision of each part, always known. An empty cell is an unknown fact.</summary>
internal static class ChipFile
{
    public const string Name = "chips.csv";

    /// <exception cref="RuleFileException">The text is refused, with every error found.</exception>
    public static IReadOnlyList<PartRevision> Parse(string csv, string file)
    {
        using var rows = new CsvRows(
            csv, file, "part_number", "family", "vendor", "description", "launched", "tpp", "die_area_mm2", "performance_density",
            "io_bandwidth_gbps", "memory_bandwidth_gbps", "designed_for_data_center", "certainty", "note");
        var parts = new List<PartRevision>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Read())
        {
            var part = Row(rows);
            if (!seen.Add(part.PartNumber))
                rows.Refuse($"the part {part.PartNumber} stands twice");
            parts.Add(part);
        }

        rows.ThrowIfAny();
        return parts;
    }

    private static PartRevision Row(CsvRows rows)
    {
        var area = rows.Number("die_area_mm2");
        if (area == 0m)
            rows.Refuse("'die_area_mm2' is 0; leave it empty when it is not known");
        var facts = new ItemFacts(
            rows.Number("tpp"), rows.Number("performance_density"), area, rows.Number("io_bandwidth_gbps"),
            rows.Number("memory_bandwidth_gbps"), rows.Flag("designed_for_data_center"));
        var family = rows.Text("family");
        return new PartRevision(
            rows.RequiredText("part_number"), 1, null, family.Length > 0 ? family : null, rows.RequiredText("vendor"),
            rows.RequiredText("description"), rows.Date("launched"), facts, rows.Certainty("certainty"), rows.Text("note"));
    }
}
