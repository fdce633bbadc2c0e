namespace OrderTracking.ComplianceService.Lists.Parsing;

/// <summary>
/// Reads a list's file as it comes in. Dirt that has one meaning is mended and reported with its line; anything else refuses the file,
/// since a list with a hole in it lets the wrong party through.
/// </summary>
internal sealed class ListFileParser
{
    public const int EntriesMax = 200_000;
    private readonly List<ListEntry> entries = [];
    private readonly List<ListRepair> repairs = [];
    private readonly Dictionary<string, string> digests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> sources = new(StringComparer.Ordinal);
    private bool cut;

    /// <param name="progress">Told how many records were read, after each.</param>
    /// <exception cref="ListFileException">The file is refused, with the lines.</exception>
    public static async Task<ListFile> Read(Stream file, Action<long> progress, CancellationToken cancellation)
    {
        await using var records = await ListRecords.Open(file, cancellation);
        var shape = ListShape.Of(records.Header);
        var reading = new ListFileParser();
        var columns = records.Header.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
        var cells = new CellText(records, columns, reading.repairs);
        while (await records.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            reading.Take(records, cells, shape);
            progress(records.Count);
        }

        if (reading.entries.Count == 0)
            records.Refuse("there is no entry in the file");
        records.ThrowIfAny();
        return new ListFile(reading.entries, reading.repairs, reading.cut);
    }

    private void Take(ListRecords records, CellText cells, ListShape shape)
    {
        if (records.IsCut)
            Leave(records, cells);
        else if (records.Cells.Length != records.Header.Length)
            records.Refuse($"{records.Cells.Length} cells, the header names {records.Header.Length}");
        else if (records.Cells.Select(cell => cell.Trim()).SequenceEqual(records.Header))
            cells.Add(ListRepairs.HeaderRepeated, "the header stands here again; it is skipped");
        else if (shape.Entry(cells, records) is { } entry)
            Keep(entry, records, cells);
    }

    private void Leave(ListRecords records, CellText cells)
    {
        cut = true;
        cells.Add(
            ListRepairs.LastRecordCut,
            $"the file ends after {records.Cells.Length} of {records.Header.Length} cells; the record is left out: {Shown(records.Cells)}");
    }

    private void Keep(ListEntry entry, ListRecords records, CellText cells)
    {
        if (entries.Count == EntriesMax)
        {
            records.Refuse($"more than {EntriesMax} entries");
            return;
        }

        var digest = entry.Digest();
        if (digests.TryGetValue(entry.Id, out var first) && first == digest)
        {
            cells.Add(ListRepairs.Duplicate, $"{entry.Id} stands in the file before with the same content; it is taken once");
            return;
        }

        if (first is not null)
        {
            // Which of two contents is the right one nobody can say, so both are kept.
            entry = entry with { Id = $"{entry.Id}-{digest[..8]}" };
            digest = entry.Digest();
            cells.Add(ListRepairs.IdShared, $"its id stands in the file before with other content; this one is {entry.Id}");
            if (!digests.TryAdd(entry.Id, digest))
                return;
        }
        else
        {
            digests.Add(entry.Id, digest);
            ReportShared(entry, cells);
        }

        entries.Add(entry);
    }

    private void ReportShared(ListEntry entry, CellText cells)
    {
        if (cells.Of("_id") is not { Length: > 0 } id)
            return;
        if (!sources.TryAdd(id, entry.Id))
            cells.Add(ListRepairs.IdShared, $"the _id {id} is that of {sources[id]} too; both are kept");
    }

    private static string Shown(string[] cells) =>
        string.Join(", ", cells.Where(cell => cell.Length > 0).Take(6).Select(cell => cell.Length > 60 ? cell[..60] + "..." : cell));
}
