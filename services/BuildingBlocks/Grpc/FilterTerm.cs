using System.Globalization;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>A comparison of a field with a value.</summary>
internal sealed record FilterTerm(ListField Field, string Comparison, object Value)
{
    private const int InstantCharactersMin = 20;

    /// <summary>One end of a window on a field a row has several values of: the same value must lie within both ends.</summary>
    public bool IsWindow => Field.Among is not null && Comparison is not ("=" or "!=");

    // In SQL an absent value is neither equal nor unequal; a caller who asks for "not X" expects it.
    public string Sql(string parameter) => (Comparison, Field.Among) switch
    {
        ("!=", null) => $"({Field.Column} <> @{parameter} or {Field.Column} is null)",
        ("!=", _) => $"not {Field.Having($"{Field.Column} = @{parameter}")}",
        _ => Field.Having($"{Field.Column} {Comparison} @{parameter}"),
    };

    /// <summary>The conditions of all comparisons; each parameter has the name given for its place.</summary>
    public static IEnumerable<string> Conditions(IReadOnlyList<FilterTerm> terms, Func<int, string> nameOf)
    {
        for (var index = 0; index < terms.Count; index++)
            if (!terms[index].IsWindow)
                yield return terms[index].Sql(nameOf(index));
        foreach (var window in terms.Select((term, index) => (term, index)).Where(one => one.term.IsWindow).GroupBy(one => one.term.Field))
            yield return window.Key.Having(string.Join(
                " and ", window.Select(one => $"{window.Key.Column} {one.term.Comparison} @{nameOf(one.index)}")));
    }

    /// <summary>The value as a parameter: of the type the column has.</summary>
    public object Parameter => Field.StoredAsText ? TypeHandlers.Stored(Value)! : Value;

    /// <summary>The value a text stands for; null where it is none of that kind.</summary>
    public static object? ValueOf(string text, ListFieldKind kind) => kind switch
    {
        ListFieldKind.Text => text,
        ListFieldKind.Number => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        ListFieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
        ListFieldKind.Instant => InstantOf(text),
        ListFieldKind.Flag => text switch { "true" => 1L, "false" => 0L, _ => null },
        _ => null,
    };

    public static string Describe(ListFieldKind kind) => kind switch
    {
        ListFieldKind.Text => "a text",
        ListFieldKind.Number => "a whole number",
        ListFieldKind.Date => "a date such as 2025-04-09",
        ListFieldKind.Instant => "an instant such as \"2025-04-09T00:00:00Z\"",
        _ => "true or false",
    };

    // An instant without an offset would be read in the zone of the machine.
    private static DateTimeOffset? InstantOf(string text) =>
        text.Length >= InstantCharactersMin && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant : null;
}
