using System.Text.RegularExpressions;

namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>A column, in words both engines share.</summary>
/// <param name="Type">The declared type, such as <c>text</c> or <c>nvarchar(200)</c>.</param>
/// <param name="Default">Its default as written; blank where it has none.</param>
internal sealed record ColumnShape(string Type, bool Nullable, string Default);

/// <summary>A table as one engine has it.</summary>
internal sealed class TableShape
{
    public SortedDictionary<string, ColumnShape> Columns { get; } = new(StringComparer.Ordinal);

    public string PrimaryKey { get; set; } = "";

    public SortedSet<string> UniqueKeys { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> ForeignKeys { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Checks { get; } = new(StringComparer.Ordinal);

    /// <summary>By name: columns, uniqueness and condition.</summary>
    public SortedDictionary<string, string> Indexes { get; } = new(StringComparer.Ordinal);

    /// <summary>By name: event, condition and message.</summary>
    public SortedDictionary<string, string> Triggers { get; } = new(StringComparer.Ordinal);
}

/// <summary>Expressions without regard to blanks, brackets and line breaks.</summary>
internal static partial class Expression
{
    public static string Plain(string text)
    {
        var plain = Blanks().Replace(text.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal), " ")
            .Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal).Trim();
        return plain.StartsWith('(') && Closing(plain, 0) == plain.Length - 1 ? plain[1..^1] : plain;
    }

    /// <summary>The place of the bracket that closes the one at <paramref name="open"/>.</summary>
    public static int Closing(string text, int open)
    {
        var depth = 0;
        for (var at = open; at < text.Length; at++)
        {
            depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
                return at;
        }

        return -1;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
