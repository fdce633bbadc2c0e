namespace OrderTracking.Admin.Import;

/// <summary>A row of an order file: one line of one order.</summary>
/// <param name="Line">The line of the file, counted from 1.</param>
/// <param name="Cells">By column.</param>
/// <param name="Fault">Why it cannot be read as a row; then the cells hold at most the reference.</param>
internal sealed record OrderRow(int Line, IReadOnlyDictionary<string, string> Cells, RowFault? Fault = null)
{
    public string Reference => this["reference"];

    public string this[string column] => Cells.GetValueOrDefault(column, "");
}

/// <summary>Rows of one reference that stand one below the other: an order, unless the reference comes a second time.</summary>
/// <param name="Reference">What the file calls it; blank where a row has none.</param>
/// <param name="Rows">The first of them, one more than an order may have.</param>
internal sealed record FileOrder(string Reference, IReadOnlyList<OrderRow> Rows)
{
    /// <summary>What the API takes; more are not kept in memory either.</summary>
    public const int RowsMax = 500;

    public int Line => Rows[0].Line;
}

/// <summary>What is wrong with a row of a file.</summary>
/// <param name="Line">The line of the file.</param>
/// <param name="Field">The column; <c>row</c> where it is none in particular.</param>
/// <param name="Value">What is written there.</param>
/// <param name="Allowed">What may be written there.</param>
internal sealed record RowFault(int Line, string Field, string Value, string Allowed);
