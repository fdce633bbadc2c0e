using System.Globalization;
using System.Text.RegularExpressions;
using OrderTracking.Client;

namespace OrderTracking.Admin.Import;

/// <summary>What the server refused, said in lines and columns of the file.</summary>
internal static partial class RefusedRows
{
    private const string AllowedIs = "; allowed: ";
    private const string ReusedReason = "REQUEST_ID_REUSED";

    private const string PlacedBefore =
        "the same order by the same caller, for it is placed already (REQUEST_ID_REUSED): to change it amend it, and a new order needs a new reference";

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["item.part_number"] = "part_number",
        ["item.family"] = "family",
        ["item"] = "part_number",
        ["unit_price.currency_code"] = "currency",
        ["place_of_export.country"] = "place_of_export_country",
        ["place_of_export.time_zone"] = "place_of_export_time_zone",
        ["documents[0].number"] = "purchase_order",
    };

    public static IEnumerable<RowFault> Of(IReadOnlyList<OrderRow> rows, OrderTrackingError error)
    {
        if (error.Reason == ReusedReason)
            return [new RowFault(rows[0].Line, "reference", rows[0].Reference, PlacedBefore)];
        if (error.Fields.Count == 0)
            return [new RowFault(rows[0].Line, "row", error.Reason, error.Message)];
        return error.Fields.Select(fault => Of(rows, fault));
    }

    private static RowFault Of(IReadOnlyList<OrderRow> rows, FieldError fault)
    {
        if (LineField().Match(fault.Field) is { Success: true } line && Index(line) is var at && at < rows.Count)
            return In(rows[at], Column(line.Groups["rest"].Value), fault);
        if (PartyField().Match(fault.Field) is { Success: true } party && OrderRows.PartiesOf(rows[0]).ElementAtOrDefault(Index(party)).Prefix is { } prefix)
            return In(rows[0], $"{prefix}_{Trimmed(party.Groups["rest"].Value)}", fault);
        return In(rows[0], Column(OrderPrefix().Replace(fault.Field, "")), fault);
    }

    private static RowFault In(OrderRow row, string column, FieldError fault) => new(row.Line, column, row[column], Allowed(fault.Description));

    // The field as the API calls it, and its value, are said in the file's own words beside it.
    private static string Allowed(string description) =>
        description.IndexOf(AllowedIs, StringComparison.Ordinal) is var at and >= 0 ? description[(at + AllowedIs.Length)..].TrimEnd('.') : description;

    private static int Index(Match match) => int.Parse(match.Groups["at"].ValueSpan, CultureInfo.InvariantCulture);

    private static string Column(string path) => Columns.GetValueOrDefault(path) ?? Trimmed(path);

    // Of a column with parts, such as a date's year, the column.
    private static string Trimmed(string path) => path.Split('.')[0];

    [GeneratedRegex(@"^order\.lines\[(?<at>\d{1,6})\]\.(?<rest>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex LineField();

    [GeneratedRegex(@"^order\.parties\[(?<at>\d{1,6})\]\.(?<rest>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex PartyField();

    [GeneratedRegex(@"^order\.", RegexOptions.ExplicitCapture)]
    private static partial Regex OrderPrefix();
}
