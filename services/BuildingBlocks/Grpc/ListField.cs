namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>A field that a list can be filtered by.</summary>
/// <param name="Name">Its name in filters and orders, such as <c>ship_date</c>.</param>
/// <param name="Column">Its column, with the table's alias where the query joins. Never null where the field is sortable.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Sortable">True where the list can be ordered by it.</param>
public sealed record ListField(string Name, string Column, ListFieldKind Kind, bool Sortable);

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
