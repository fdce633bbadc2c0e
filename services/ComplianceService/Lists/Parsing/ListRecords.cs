using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace OrderTracking.ComplianceService.Lists.Parsing;

/// <summary>
/// The records of a list's file as they come, with their lines. Cells may hold line breaks. The delimiter is a tab where the header has
/// one, else a comma.
/// </summary>
internal sealed class ListRecords : IAsyncDisposable
{
    public const int FaultsNamedMax = 20;
    private const int CellCharactersMax = 1_048_576;
    private readonly StreamReader reader;
    private readonly CsvParser parser;
    private readonly List<ListFault> faults = [];
    private string? misplaced;

    private ListRecords(StreamReader reader, string[] header, char delimiter)
    {
        this.reader = reader;
        Header = header;
        parser = new CsvParser(reader, Configuration(delimiter, bad => misplaced ??= Cut(bad.RawRecord)), leaveOpen: true);
    }

    public string[] Header { get; }

    /// <summary>The line the record begins on; the header is line 1.</summary>
    public int Line { get; private set; } = 1;

    public long Count { get; private set; }

    /// <summary>The cells of the record, as they stand.</summary>
    public string[] Cells { get; private set; } = [];

    /// <summary>The file ended inside this record.</summary>
    public bool IsCut { get; private set; }

    public static async Task<ListRecords> Open(Stream file, CancellationToken cancellation)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var reader = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var first = (await Decoded(() => reader.ReadLineAsync(cancellation).AsTask(), 1))?.TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(first))
            throw new ListFileException([new ListFault(1, "the file has no header")]);
        var delimiter = first.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
        using var line = new CsvParser(new StringReader(first), Configuration(delimiter, _ => { }));
        await line.ReadAsync();
        return new ListRecords(reader, [.. line.Record!.Select(cell => cell.Trim())], delimiter);
    }

    /// <summary>Reads the next record; false at the end.</summary>
    public async Task<bool> Read()
    {
        while (true)
        {
            var before = parser.RawRow;
            Line = before + 2;
            if (!await Decoded(parser.ReadAsync, Line))
                return false;
            misplaced = null;
            Cells = parser.Record!;
            if (Cells is [] || (Cells.Length == 1 && string.IsNullOrWhiteSpace(Cells[0])))
                continue;
            Count++;
            // A cut record is the last one, and ends where the file does: without the end of its line.
            IsCut = !parser.RawRecord.EndsWith('\n') && !parser.RawRecord.EndsWith('\r')
                && (Cells.Length < Header.Length || IsQuoteOpen(parser.RawRecord));
            if (!IsCut && misplaced is not null)
                Refuse($"a quote is out of place: {misplaced}");
            else if (!IsCut && IsQuoteOpen(parser.RawRecord))
                Refuse("a quote is never closed");
            return true;
        }
    }

    public void Refuse(string reason)
    {
        if (faults.Count < FaultsNamedMax && (faults.Count == 0 || faults[^1].Line != Line))
            faults.Add(new ListFault(Line, reason));
    }

    /// <exception cref="ListFileException">Something was refused.</exception>
    public void ThrowIfAny()
    {
        if (faults.Count > 0)
            throw new ListFileException(faults);
    }

    public ValueTask DisposeAsync()
    {
        parser.Dispose();
        reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsQuoteOpen(string record) => record.AsSpan().Count('"') % 2 != 0;

    private static CsvConfiguration Configuration(char delimiter, Action<BadDataFoundArgs> bad) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter.ToString(),
        BadDataFound = args => bad(args),
        IgnoreBlankLines = false,
        MaxFieldSize = CellCharactersMax,
    };

    private static async Task<T> Decoded<T>(Func<Task<T>> read, int line)
    {
        try
        {
            return await read();
        }
        catch (DecoderFallbackException)
        {
            throw new ListFileException([new ListFault(line, "from here on the file is not UTF-8")]);
        }
        catch (MaxFieldSizeException)
        {
            throw new ListFileException([new ListFault(line, $"a cell is longer than {CellCharactersMax} characters; a quote may never be closed")]);
        }
    }

    private static string Cut(string record) => record.Trim() is { Length: > 80 } text ? text[..80] + "..." : record.Trim();
}
