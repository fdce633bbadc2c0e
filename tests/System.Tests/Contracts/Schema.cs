using OrderTracking.TestKit;

namespace OrderTracking.SystemTests.Contracts;

/// <summary>The columns of all three databases, as a version that knows only them sees them.</summary>
internal static class Schema
{
    internal sealed record Column(string Database, string Table, string Name, string Type, string Null, string Key)
    {
        public string Place => $"{Database}.{Table}.{Name}";

        // Only of a schema that is read: a default stands in for what an older version does not write.
        public bool HasDefault { get; init; }
    }

    public static IReadOnlyList<Column> Parse(IEnumerable<string> lines) =>
        [.. lines.Where(line => line.Length > 0).Select(line => line.Split(' ')).Select(word => new Column(word[0], word[1], word[2], word[3], word[4], word[5]))];

    public static IReadOnlyList<Column> Read(DataFiles files) =>
        [.. new[] { "orders", "shipments", "compliance" }.SelectMany(database => files.Query<string>($"select name from {database}.sqlite_master where type = 'table'")
            .SelectMany(table => files.Query<Row>($"""
                select name as Name, type as Type, "notnull" as Required, dflt_value as DefaultText, pk as Key from pragma_table_info('{table}', '{database}')
                """).Select(row => new Column(
                    database, table, row.Name, row.Type, row.Required == 1 ? "not-null" : "null", row.Key > 0 ? "key" : "-") { HasDefault = row.DefaultText is not null })))];

    /// <summary>What of today the released version would stumble over.</summary>
    public static IEnumerable<string> Breaks(IReadOnlyList<Column> released, IReadOnlyList<Column> today)
    {
        var now = today.ToDictionary(column => column.Place);
        foreach (var was in released)
        {
            if (!now.TryGetValue(was.Place, out var column))
                yield return $"{was.Place} is gone";
            else if (column with { HasDefault = false } != was)
                yield return $"{was.Place} was {was.Type} {was.Null} {was.Key} and is {column.Type} {column.Null} {column.Key}";
        }

        var tables = released.Select(column => (column.Database, column.Table)).ToHashSet();
        var known = released.Select(column => column.Place).ToHashSet(StringComparer.Ordinal);
        foreach (var column in today.Where(column => tables.Contains((column.Database, column.Table)) && !known.Contains(column.Place)))
        {
            if (column is { Null: "not-null", HasDefault: false })
                yield return $"{column.Place} is new and must be given; the released version does not give it";
        }
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";

        public string Type { get; init; } = "";

        public long Required { get; init; }

        public string? DefaultText { get; init; }

        public long Key { get; init; }
    }
}
