using System.Text;

namespace OrderTracking.ComplianceService.Lists.Parsing;

/// <summary>The Consolidated Screening List as CSV: 28 columns until about 2020, then with an <c>_id</c> before them.</summary>
internal sealed class ConsolidatedShape : ListShape
{
    private const string IdColumn = "_id";

    // An entry is found by its id: what is longer than any authority's is no id.
    private const int IdCharactersMax = 100;
    private const int CodeCharactersMax = 32;

    protected override string[] Columns { get; } =
    [
        "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice", "start_date", "end_date",
        "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
        "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships", "dates_of_birth", "nationalities",
        "places_of_birth", "source_information_url", "ids",
    ];

    protected override string OptionalColumn => IdColumn;

    protected override string DateFormat => "yyyy-MM-dd";

    public override ListEntry? Entry(CellText cells, ListRecords records)
    {
        var source = Required(cells.Of("source"), "source", records);
        var name = Required(cells.Name("name"), "name", records);
        var start = Date(cells, "start_date", records);
        var end = Date(cells, "end_date", records);
        if (source is null || name is null || !InOrder(start, end, records))
            return null;
        var addresses = Values(cells.Of("addresses"));
        var people = Values(cells.Of("citizenships")).Concat(Values(cells.Of("nationalities")));
        return new ListEntry
        {
            Id = Id(cells, source, name),
            Source = source,
            Type = cells.Of("type"),
            Name = name,
            Aliases = Values(cells.Of("alt_names")),
            Addresses = addresses,
            Countries = KnownCountries(addresses.Select(LastPart).Concat(people)),
            Programs = cells.Of("programs"),
            Citation = cells.Of("federal_register_notice"),
            StartDate = start,
            EndDate = end,
            LicenseRequirement = cells.Of("license_requirement"),
            LicensePolicy = cells.Of("license_policy"),
            Remarks = cells.Of("remarks"),
            Identifiers = cells.Of("ids"),
        };
    }

    // One _id may stand in two lists of Treasury with different content, so the list's code is part of the id here.
    private static string Id(CellText cells, string source, string name)
    {
        var code = Code(source);
        var id = cells.Of(IdColumn) is { Length: > 0 } given ? given : cells.Of("entity_number");
        return id.Length is > 0 and <= IdCharactersMax && id.All(char.IsAsciiLetterOrDigit)
            ? $"{code}-{id}"
            : IdOf(code, source, name, cells.Of("addresses"), cells.Of("start_date"));
    }

    /// <summary>The code in parentheses: SDN, EL, NS-MBS. A list without one is called after its initials.</summary>
    private static string Code(string source)
    {
        var open = source.IndexOf('(', StringComparison.Ordinal);
        var close = source.IndexOf(')', StringComparison.Ordinal);
        var words = open >= 0 && close > open + 1 ? source[(open + 1)..close].Split(' ')[0] : Initials(source);
        var code = new StringBuilder();
        foreach (var letter in words)
            if (char.IsAsciiLetterOrDigit(letter) || letter == '-')
                code.Append(char.ToUpperInvariant(letter));
        return code.Length is > 0 and <= CodeCharactersMax ? code.ToString() : "X";
    }

    private static string Initials(string source) =>
        string.Concat(source.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word[0]));

    private static string LastPart(string address) => address[(address.LastIndexOf(',') + 1)..].Trim();
}
