using System.Globalization;
using System.Text;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Lists.Parsing;

/// <summary>A shape lists are published in: its columns, and how a record becomes an entry.</summary>
internal abstract class ListShape
{
    private const int HashCharacters = 16;
    private const string ValueSeparator = "; ";

    protected abstract string[] Columns { get; }

    /// <summary>A column that may be there.</summary>
    protected virtual string? OptionalColumn => null;

    protected abstract string DateFormat { get; }

    /// <exception cref="ListFileException">The header is of no known shape.</exception>
    public static ListShape Of(string[] header)
    {
        ListShape[] shapes = [new ConsolidatedShape(), new DeniedPersonsShape()];
        return shapes.FirstOrDefault(shape => shape.Fits(header)) ?? throw new ListFileException(
        [
            new ListFault(1, "the header is neither that of the Consolidated Screening List (28 columns, or 29 with _id) nor that of the "
                + "Denied Persons List (12 columns)"),
        ]);
    }

    /// <summary>The entry a record states; null when something in it was refused.</summary>
    public abstract ListEntry? Entry(CellText cells, ListRecords records);

    private bool Fits(string[] header) =>
        header.Distinct(StringComparer.Ordinal).Count() == header.Length
        && Columns.All(column => header.Contains(column, StringComparer.Ordinal))
        && header.All(column => column == OptionalColumn || Columns.Contains(column, StringComparer.Ordinal));

    protected static string? Required(string text, string column, ListRecords records)
    {
        if (text.Length > 0)
            return text;
        records.Refuse($"'{column}' is empty");
        return null;
    }

    /// <summary>A date, or null where there is none. One that cannot be read is refused: dates decide.</summary>
    protected DateOnly? Date(CellText cells, string column, ListRecords records)
    {
        var text = cells.Of(column);
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        records.Refuse($"'{column}' is '{text}', which is no date of the form {DateFormat}");
        return null;
    }

    protected static bool InOrder(DateOnly? start, DateOnly? end, ListRecords records)
    {
        if (!(end < start))
            return true;
        records.Refuse($"the end {Canonical.Date(end)} lies before the start {Canonical.Date(start)}");
        return false;
    }

    protected static IReadOnlyList<string> Values(string cell) =>
        [.. cell.Split(ValueSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>The codes among these words, each once.</summary>
    protected static IReadOnlyList<string> KnownCountries(IEnumerable<string> words) =>
        [.. words.Where(Screening.Countries.IsKnown).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>An id for a record that brings none: of what does not change while it is the same record.</summary>
    protected static string IdOf(string prefix, params ReadOnlySpan<string> identity)
    {
        var text = new StringBuilder("entry id 1\n");
        foreach (var part in identity)
            text.Field("part", part);
        return $"{prefix}-{Canonical.Digest(text)[..HashCharacters]}";
    }
}
