using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>The tables SQLite has after its migrations.</summary>
internal static partial class SqliteShapes
{
    public static SortedDictionary<string, TableShape> Of(IEnumerable<MigrationScript> migrations)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (var migration in migrations)
            connection.Execute(migration.Text);
        var shapes = new SortedDictionary<string, TableShape>(StringComparer.Ordinal);
        var made = connection.Query<Made>(
            "select type as Type, name as Name, tbl_name as TableName, sql as Sql from sqlite_master where name not like 'sqlite_%'").ToList();
        foreach (var table in made.Where(one => one.Type == "table"))
            shapes.Add(table.Name, Of(connection, table));
        foreach (var index in made.Where(one => one.Type == "index"))
            shapes[index.TableName].Indexes.Add(index.Name, IndexOf(connection, index));
        foreach (var trigger in made.Where(one => one.Type == "trigger"))
            shapes[trigger.TableName].Triggers.Add(trigger.Name, TriggerOf(trigger));
        return shapes;
    }

    /// <summary>The queries of views, by name.</summary>
    public static IReadOnlyDictionary<string, string> Views(IEnumerable<MigrationScript> migrations)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (var migration in migrations)
            connection.Execute(migration.Text);
        return connection.Query<Made>("select name as Name, sql as Sql from sqlite_master where type = 'view'")
            .ToDictionary(view => view.Name, view => Expression.Plain(view.Sql[(view.Sql.IndexOf(" as\n", StringComparison.Ordinal) + 4)..]));
    }

    private static TableShape Of(SqliteConnection connection, Made table)
    {
        var shape = new TableShape();
        var columns = connection.Query<Column>($"select name, type, \"notnull\" as [NotNull], dflt_value as [Default], pk from pragma_table_info('{table.Name}')").ToList();
        foreach (var column in columns)
            shape.Columns.Add(
                column.Name,
                // The column that is the row's own number cannot be null, whatever it says.
                new ColumnShape(column.Type.ToLowerInvariant(), column is { NotNull: 0, Pk: 0 }, Expression.Plain(column.Default ?? "")));
        shape.PrimaryKey = string.Join(", ", columns.Where(column => column.Pk > 0).OrderBy(column => column.Pk).Select(column => column.Name));
        foreach (var unique in connection.Query<string>($"select name from pragma_index_list('{table.Name}') where origin = 'u'").ToList())
            shape.UniqueKeys.Add(string.Join(", ", ColumnsOf(connection, unique)));
        foreach (var foreign in connection.Query($"select \"from\" as Own, \"table\" as Other, \"to\" as Theirs from pragma_foreign_key_list('{table.Name}')"))
            shape.ForeignKeys.Add($"({foreign.Own}) -> {foreign.Other} ({foreign.Theirs})");
        foreach (Match check in Check().Matches(table.Sql))
        {
            var open = check.Index + check.Length - 1;
            shape.Checks.Add(Expression.Plain(table.Sql[(open + 1)..Expression.Closing(table.Sql, open)]));
        }

        return shape;
    }

    private static string IndexOf(SqliteConnection connection, Made index)
    {
        var where = index.Sql.IndexOf(" where ", StringComparison.Ordinal);
        return SqlServerShapes.Described(
            index.Sql.StartsWith("CREATE UNIQUE", StringComparison.OrdinalIgnoreCase),
            ColumnsOf(connection, index.Name),
            where < 0 ? "" : index.Sql[(where + " where ".Length)..]);
    }

    private static List<string> ColumnsOf(SqliteConnection connection, string index) =>
        connection.Query<string>($"select name from pragma_index_info('{index}') order by seqno").ToList();

    private static string TriggerOf(Made trigger)
    {
        var parts = Trigger().Match(trigger.Sql);
        if (!parts.Success)
            throw new InvalidOperationException($"{trigger.Name} is of no known form.");
        var when = parts.Groups["when"].Value
            .Replace("new.", "i.", StringComparison.Ordinal).Replace("old.", "d.", StringComparison.Ordinal).Replace("||", "+", StringComparison.Ordinal);
        return $"{parts.Groups["event"]}: {Expression.Plain(when)}: {parts.Groups["message"]}";
    }

    [GeneratedRegex(@"\bcheck\s*\(")]
    private static partial Regex Check();

    [GeneratedRegex(
        @"before (?<event>update|delete) on \w+\s*(when (?<when>.*?))?\s*begin\s+select raise\(abort, '(?<message>[^']*)'\);\s+end\z", RegexOptions.Singleline)]
    private static partial Regex Trigger();

    private sealed class Made
    {
        public string Type { get; init; } = "";

        public string Name { get; init; } = "";

        public string TableName { get; init; } = "";

        public string Sql { get; init; } = "";
    }

    private sealed class Column
    {
        public string Name { get; init; } = "";

        public string Type { get; init; } = "";

        public long NotNull { get; init; }

        public string? Default { get; init; }

        public long Pk { get; init; }
    }
}
