using System.Text;

namespace OrderTracking.ComplianceService.Lists.Parsing;

/// <summary>The texts of a record's cells, with what had to be mended in them.</summary>
internal sealed class CellText(ListRecords records, IReadOnlyDictionary<string, int> columns, List<ListRepair> repairs)
{
    // What the second half of Windows-1252 stands for where a file was taken for Latin-1: U+0080 to U+009F are no characters of a name.
    private const string Windows = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>A cell on one line, without blanks around it and no blank twice.</summary>
    public string Of(string column)
    {
        if (!columns.TryGetValue(column, out var index))
            return "";
        var cell = records.Cells[index];
        if (cell.AsSpan().IndexOfAny('\n', '\r') >= 0)
            Add(ListRepairs.CellLines, $"{column} has several lines; they are joined");
        return Joined(Decoded(cell, column));
    }

    /// <summary>The name's cell: blanks around it are worth a word, since they break comparisons elsewhere.</summary>
    public string Name(string column)
    {
        var cell = records.Cells[columns[column]];
        if (cell != cell.Trim())
            Add(ListRepairs.NameSpaces, $"blanks around '{Joined(cell)}' are taken off");
        return Of(column);
    }

    public void Add(string kind, string detail) => repairs.Add(new ListRepair(records.Line, kind, detail));

    private string Decoded(string cell, string column)
    {
        if (cell.AsSpan().IndexOfAnyInRange('\u0080', '\u009F') < 0)
            return cell;
        Add(ListRepairs.TextEncoding, $"{column} has characters of Windows-1252; they are read as such");
        return string.Create(cell.Length, cell, static (mended, raw) =>
        {
            for (var i = 0; i < raw.Length; i++)
                mended[i] = raw[i] is >= '\u0080' and <= '\u009F' ? Windows[raw[i] - '\u0080'] : raw[i];
        });
    }

    private static string Joined(string cell)
    {
        var text = new StringBuilder(cell.Length);
        foreach (var letter in cell)
            if (!char.IsWhiteSpace(letter))
                text.Append(letter);
            else if (text.Length > 0 && text[^1] != ' ')
                text.Append(' ');
        return text.ToString().TrimEnd();
    }
}
