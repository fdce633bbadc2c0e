namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>A field that a list can be filtered by.</summary>
/// <param name="Name">Its name in filters and orders, such as <c>ship_date</c>.</param>
/// <param name="Column">Its column, with the table's alias where the query joins. Never null where the field is sortable.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Sortable">True where the list can be ordered by it.</param>
public sealed record ListField(string Name, string Column, ListFieldKind Kind, bool Sortable)
{
    private const string Comparison = "{0}";

    /// <summary>
    /// For a field a row has several values of, kept in a table of their own: the condition on the row, with <c>{0}</c> where the
    /// comparison of <see cref="Column"/> goes, such as <c>o.id in (select t.order_id from order_terms t where {0})</c>. A row fits where
    /// one of its values does; <c>!=</c> asks that none is equal; <c>&lt; &lt;= &gt; &gt;=</c> of one field are a window one value lies in.
    /// </summary>
    public string? Among { get; init; }

    /// <summary>
    /// True where a date or an instant is kept as its text in a column other texts stand in too: a server would else read those as dates.
    /// </summary>
    public bool StoredAsText { get; init; }

    internal string Having(string comparison) => Among is { } among ? among.Replace(Comparison, comparison, StringComparison.Ordinal) : comparison;
}

/// <summary>What the values of a field are, and how a filter writes them.</summary>
public enum ListFieldKind
{
    /// <summary>Text: <c>state = "HELD"</c> or <c>state = HELD</c>.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Number,

    /// <summary>A date: <c>2025-04-09</c>.</summary>
    Date,

    /// <summary>An instant in RFC 3339: <c>"2025-04-09T00:00:00Z"</c>.</summary>
    Instant,

    /// <summary><c>true</c> or <c>false</c>, stored as 1 or 0.</summary>
    Flag,
}
