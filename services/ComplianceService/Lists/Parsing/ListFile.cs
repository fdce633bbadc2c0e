namespace OrderTracking.ComplianceService.Lists.Parsing;

/// <summary>What was mended in a file, or left out of it.</summary>
/// <param name="Line">The line the record begins on, from 1.</param>
internal sealed record ListRepair(int Line, string Kind, string Detail);

/// <summary>The kinds of <see cref="ListRepair"/>. A name is part of the contract and never changes.</summary>
internal static class ListRepairs
{
    public const string HeaderRepeated = "HEADER_REPEATED";
    public const string NameSpaces = "NAME_SPACES";
    public const string CellLines = "CELL_LINES";

    /// <summary>A character that a wrong decoding left behind, such as U+0092 for an apostrophe.</summary>
    public const string TextEncoding = "TEXT_ENCODING";

    /// <summary>The same record stands in the file before.</summary>
    public const string Duplicate = "DUPLICATE";

    /// <summary>The file gives its id to two records; both are kept.</summary>
    public const string IdShared = "ID_SHARED";

    /// <summary>The file ends inside a record; it is left out.</summary>
    public const string LastRecordCut = "LAST_RECORD_CUT";
}

/// <summary>A list read whole.</summary>
/// <param name="Cut">The file ends inside a record.</param>
internal sealed record ListFile(IReadOnlyList<ListEntry> Entries, IReadOnlyList<ListRepair> Repairs, bool Cut);

/// <summary>A line nobody can mend.</summary>
internal sealed record ListFault(int Line, string Reason);

/// <summary>The file is refused whole.</summary>
internal sealed class ListFileException(IReadOnlyList<ListFault> faults)
    : Exception($"line {faults[0].Line}: {faults[0].Reason}")
{
    public IReadOnlyList<ListFault> Faults { get; } = faults;
}
