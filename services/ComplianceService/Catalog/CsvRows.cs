using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>A CSV text read strictly: exactly these columns, every cell of its type, every error with its line.</summary>
internal sealed class CsvRows : IDisposable
{
    private readonly string file;
    private readonly CsvParser parser;
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    private readonly List<RuleFileError> errors = [];

    public CsvRows(string csv, string file, params ReadOnlySpan<string> expected)
    {
        this.file = file;
        parser = new CsvParser(new StringReader(csv), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = bad => Refuse($"a quote is out of place: {bad.RawRecord.Trim()}"),
            IgnoreBlankLines = true,
        });
        if (!parser.Read() || !expected.SequenceEqual(parser.Record))
            throw new RuleFileException(file, 1, $"the header is not {string.Join(",", expected!)}");
        for (var i = 0; i < expected.Length; i++)
            columns.Add(expected[i], i);
    }

    public bool Read()
    {
        while (parser.Read())
        {
            if (parser.Count == columns.Count)
                return true;
            Refuse($"{parser.Count} cells, {columns.Count} are expected");
        }

        return false;
    }

    public void Refuse(string reason) => errors.Add(new RuleFileError(file, parser.RawRow, reason));

    public void ThrowIfAny()
    {
        if (errors.Count > 0)
            throw new RuleFileException(errors);
    }

    public string Text(string column) => parser[columns[column]].Trim();

    public string RequiredText(string column)
    {
        if (Text(column) is { Length: > 0 } text)
            return text;
        Refuse($"'{column}' is empty");
        return "";
    }

    public decimal? Number(string column)
    {
        if (Text(column) is not { Length: > 0 } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        Refuse($"'{column}' is '{text}', which is no number of 0 or more");
        return null;
    }

    public DateOnly? Date(string column)
    {
        if (Text(column) is not { Length: > 0 } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Refuse($"'{column}' is '{text}', which is no date of the form 2023-11-17");
        return null;
    }

    public bool? Flag(string column)
    {
        var text = Text(column);
        if (text is not ("true" or "false" or ""))
            Refuse($"'{column}' is '{text}'; true, false or empty is expected");
        return text.Length == 0 ? null : text == "true";
    }

    public Screening.Certainty Certainty(string column)
    {
        var text = Text(column);
        if (Codes.FindCertainty(text) is { } certainty)
            return certainty;
        Refuse($"unknown certainty '{text}'; known are {Codes.Certainties}");
        return Screening.Certainty.Unconfirmed;
    }

    public void Dispose() => parser.Dispose();
}
