using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace OrderTracking.Admin.Import;

/// <summary>
/// A file of orders, as CSV with a header, read row by row whatever its length. The header is refused whole if a column is unknown: a fact under a mistyped name
/// would be lost. A line is a row: a quote that is never closed costs one row and not the rest of the file.
/// </summary>
internal static class OrderFile
{
    private const int TellEveryLines = 1_000;
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

    /// <summary>The columns a file may have, for help.</summary>
    public static string Columns => $"""
        COLUMNS of FILE.csv (UTF-8, a comma between cells, one row for each line of an order, rows of an order one below the other)
          needed: {string.Join(",\n          ", Required.Chunk(7).Select(some => string.Join(", ", some)))}
          an end_user or ultimate_consignee too, with the columns the purchaser has
          may be: purchase_order, family, and for each of {string.Join(", ", PartyPrefixes)}:
                  {string.Join(", ", PartyParts.Select(part => $"_{part}"))}; ultimate_parent is a country, '{OrderRows.NoParent}', or blank for not known
          movement is EXPORT, REEXPORT or TRANSFER; dates are as 2025-06-02; reference is the order's name in the system it comes from
        """;

    /// <summary>The orders of a file, in its order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tell">Takes what part of the file is read, from 0 to 1.</param>
    /// <exception cref="AdminException">The file cannot be taken at all.</exception>
    public static IEnumerable<FileOrder> Orders(string path, Action<double> tell)
    {
        var rows = new List<OrderRow>();
        OrderRow? stray = null;
        foreach (var row in Read(path, tell))
        {
            if (rows.Count > 0 && row.Reference != rows[0].Reference)
            {
                if (row.Reference.Length == 0)
                    rows.Add(Beside(rows[0], row));
                yield return new FileOrder(rows[0].Reference, rows);
                rows = [];
            }

            if (row.Reference.Length == 0)
            {
                yield return new FileOrder("", [row]);
                stray = row;
                continue;
            }

            if (rows.Count <= FileOrder.RowsMax)
                rows.Add(row);
            if (stray is not null)
                rows.Add(Beside(row, stray));
            stray = null;
        }

        if (rows.Count > 0)
            yield return new FileOrder(rows[0].Reference, rows);
    }

    // A row nobody knows the order of may be of the one above or below: placed without it, that would be another order than was meant.
    private static OrderRow Beside(OrderRow row, OrderRow stray) =>
        new(row.Line, row.Cells, new RowFault(row.Line, "reference", row.Reference, $"a reference on line {stray.Line} too: it may be a row of this order"));

    private static IEnumerable<OrderRow> Read(string path, Action<double> tell)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new AdminException($"There is no file '{path}'.");
        using var reader = file.OpenText();
        var header = Cells(reader.ReadLine() ?? "", out _);
        if (header.Length == 0)
            throw new AdminException($"'{path}' does not begin with a header; allowed is a header and a row for each line of an order.");
        CheckHeader(header);
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (line % TellEveryLines == 0 && file.Length > 0)
                tell((double)reader.BaseStream.Position / file.Length);
            if (!string.IsNullOrWhiteSpace(text))
                yield return Row(header, text, line);
        }
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
        if (header is [var only] && only.AsSpan().ContainsAny(';', '\t'))
            problems = ["cells are divided by something else than a comma"];
        if (problems.Count > 0)
            throw new AdminException($"The header cannot be taken ({string.Join("; ", problems)}). Allowed columns: {string.Join(", ", Known)}.");
    }

    private static OrderRow Row(string[] header, string text, int line)
    {
        var cells = Cells(text, out var badQuotes);
        var fault = (badQuotes, cells.Length == header.Length) switch
        {
            (true, _) => new RowFault(line, "row", text, "quotes around a whole cell, closed on the same line, and a quote in it doubled"),
            (_, false) => new RowFault(line, "row", $"{cells.Length} cells", $"{header.Length} cells, as the header has"),
            _ => Fault(header, cells, line),
        };
        return fault is null
            ? new OrderRow(line, header.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))
            : new OrderRow(line, new Dictionary<string, string>(StringComparer.Ordinal) { ["reference"] = Reference(header, cells, text) }, fault);
    }

    // Of a row that is cut wrongly only the first cell is where it belongs.
    private static string Reference(string[] header, string[] cells, string text) => (Array.IndexOf(header, "reference"), cells.Length == header.Length) switch
    {
        (0, _) when cells.Length > 0 && !text.TrimStart().StartsWith('"') => cells[0],
        (var at, true) when !text.Contains('"', StringComparison.Ordinal) => cells[at],
        _ => "",
    };

    private static RowFault? Fault(string[] header, string[] cells, int line)
    {
        // What the decoder puts where it finds no UTF-8: a name would be placed, and screened, as another one.
        if (Array.FindIndex(cells, cell => cell.Contains('\uFFFD', StringComparison.Ordinal)) is var strange and >= 0)
            return new RowFault(line, header[strange], cells[strange], "text in UTF-8");
        if (Array.FindIndex(cells, cell => cell.Any(char.IsControl)) is var broken and >= 0)
            return new RowFault(line, header[broken], cells[broken], "text without control characters");
        return cells[Array.IndexOf(header, "reference")].Length == 0
            ? new RowFault(line, "reference", "", "what the order is called in the system it comes from, the same on each of its rows")
            : null;
    }

    private static string[] Cells(string line, out bool badQuotes)
    {
        var bad = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = _ => bad = true, TrimOptions = TrimOptions.Trim };
        using var csv = new CsvParser(new StringReader(line), configuration);
        var cells = csv.Read() ? csv.Record! : [];
        // A quote that is not closed is no bad data to the parser when the line ends there.
        badQuotes = bad || line.Count(sign => sign == '"') % 2 == 1;
        return cells;
    }
}
