using System.Text.RegularExpressions;

namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>Which type of SQL Server says what a column of SQLite says. The name decides where SQLite has only text and whole numbers.</summary>
internal static partial class TypeMap
{
    public static bool Fits(string column, string sqlite, string sqlServer) => sqlite switch
    {
        "blob" => sqlServer == "varbinary(max)",
        "integer" => sqlServer is "bigint" or "int" or "bigint identity",
        "text" when Instant().IsMatch(column) => sqlServer == "datetime2(7)",
        "text" when Day().IsMatch(column) => sqlServer == "date",
        "text" => Text().IsMatch(sqlServer),
        _ => false,
    };

    [GeneratedRegex("_at$|^(recorded_from|recorded_to|event_time|sent_time|leased_until|claimed_until|until)$")]
    private static partial Regex Instant();

    [GeneratedRegex("_date$|^(valid_from|valid_to|notified_on|answered_on|as_of)$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^(n?varchar\((\d+|max)\)|char\(\d+\))$")]
    private static partial Regex Text();
}
