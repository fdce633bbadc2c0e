using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace OrderTracking.Admin.Import;

/// <summary>A row of an order file: one line of one order.</summary>
internal sealed record OrderRow(int Line, IReadOnlyDictionary<string, string> Cells)
{
    public string Reference => this["reference"];

    public string this[string column] => Cells.GetValueOrDefault(column, "");
}

/// <summary>A file of orders, as CSV with a header. The header is refused whole if a column is unknown: a fact under a mistyped name would be lost.</summary>
internal static class OrderFile
{
    public const int RowsMax = 200_000;
    private const long BytesMax = 256L * 1024 * 1024;

    private static readonly string[] PartyPrefixes = ["purchaser", "end_user", "ultimate_consignee", "intermediate_consignee"];
    private static readonly string[] PartyParts = ["name", "country", "headquarters_country", "ultimate_parent", "address"];

    private static readonly string[] Required =
    [
        "reference", "exporter", "destination_country", "movement", "place_of_export_country", "place_of_export_time_zone", "part_number", "quantity",
        "unit_price", "currency", "requested_ship_date", "purchaser_name", "purchaser_country", "purchaser_headquarters_country",
    ];

    /// <summary>What the lines of one order must agree on.</summary>
    public static string[] OfTheOrder { get; } =
    [
        "exporter", "destination_country", "movement", "place_of_export_country", "place_of_export_time_zone", "purchase_order",
        .. PartyPrefixes.SelectMany(prefix => PartyParts.Select(part => $"{prefix}_{part}")),
    ];

    private static string[] Known { get; } = [.. Required.Union(OfTheOrder), "family"];

    /// <summary>Every row; what cannot be read as one is added to <paramref name="faults"/>.</summary>
    /// <exception cref="AdminException">The file cannot be taken at all.</exception>
    public static List<OrderRow> Read(string path, List<RowFault> faults)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new AdminException($"There is no file '{path}'.");
        if (file.Length > BytesMax)
            throw new AdminException($"'{path}' has {file.Length} bytes; allowed are up to {BytesMax}: divide it.");
        var badQuotes = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = _ => badQuotes = true, TrimOptions = TrimOptions.Trim };
        using var reader = file.OpenText();
        using var csv = new CsvParser(reader, configuration);
        if (!csv.Read() || csv.Record is not { } header)
            throw new AdminException($"'{path}' is empty; allowed is a header and a row for each line of an order.");
        CheckHeader(header);
        var rows = new List<OrderRow>();
        while (csv.Read())
        {
            var (cells, line) = (csv.Record!, csv.RawRow - csv.Record!.Sum(cell => cell.Count(sign => sign == '\n')));
            if (Fault(header, cells, line, badQuotes) is { } fault)
                faults.Add(fault);
            else
                rows.Add(new OrderRow(line, header.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)));
            badQuotes = false;
            if (rows.Count + faults.Count > RowsMax)
                throw new AdminException($"'{path}' has more than {RowsMax} rows: divide it.");
        }

        return rows;
    }

    private static void CheckHeader(string[] header)
    {
        var problems = new List<string>();
        if (Required.Except(header, StringComparer.Ordinal).ToArray() is { Length: > 0 } missing)
            problems.Add($"missing: {string.Join(", ", missing)}");
        if (header.Except(Known, StringComparer.Ordinal).ToArray() is { Length: > 0 } unknown)
            problems.Add($"unknown: {string.Join(", ", unknown)}");
        if (header.GroupBy(column => column).Where(same => same.Count() > 1).Select(same => same.Key).ToArray() is { Length: > 0 } twice)
            problems.Add($"twice: {string.Join(", ", twice)}");
        if (problems.Count > 0)
            throw new AdminException($"The header cannot be taken ({string.Join("; ", problems)}). Allowed columns: {string.Join(", ", Known)}.");
    }

    private static RowFault? Fault(string[] header, string[] cells, int line, bool badQuotes)
    {
        var column = Array.IndexOf(header, "reference");
        var reference = column < cells.Length ? cells[column] : "";
        if (badQuotes)
            return new RowFault(line, reference, "row", string.Join(',', cells), "quotes around a whole cell, and a quote in it doubled");
        if (cells.Length != header.Length)
            return new RowFault(line, reference, "row", $"{cells.Length} cells", $"{header.Length} cells, as the header has");
        if (Array.FindIndex(cells, cell => cell.Any(char.IsControl)) is var broken and >= 0)
            return new RowFault(line, reference, header[broken], cells[broken], "text on one line, without control characters");
        return reference.Length == 0
            ? new RowFault(line, "", "reference", "", "what the order is called in the system it comes from, the same on each of its rows")
            : null;
    }
}
