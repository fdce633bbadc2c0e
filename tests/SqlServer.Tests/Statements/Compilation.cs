using System.Globalization;
using OrderTracking.SqlServer.Tests.Schema;
using OrderTracking.Statements;

namespace OrderTracking.SqlServer.Tests.Statements;

/// <summary>Compiles statements in a migrated schema.</summary>
internal static class Compilation
{
    /// <summary>What is wrong, a line a statement.</summary>
    public static List<string> Faults(IReadOnlyList<SqlServerForm> statements, string database) =>
        Faults(statements, FoldedSchema.Of(DatabaseSource.Of(database).Migrations("sqlserver")));

    public static List<string> Faults(IReadOnlyList<SqlServerForm> statements, FoldedSchema schema)
    {
        var tables = SqlServerShapes.Of(schema);
        using var model = new SchemaModel(schema);
        var faults = new List<string>();
        var names = new Dictionary<string, SqlServerForm>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"statement_{names.Count}");
            names.Add(name, statement);
            var found = Parse(statement, name) is { } syntax
                ? [syntax]
                : StatementRules.Check(TSql.Parse(statement.Text, name), tables, statement.Parameters);
            if (found.Count == 0 && model.TryAdd(Procedure(name, statement), name) is { } refused)
                return [.. faults, $"{refused}\n{statement.Text}"];
            if (found.Count > 0)
                faults.Add($"{string.Join("; ", found)}\n{statement.Text}");
        }

        // One line a statement, however many of its names are unknown.
        foreach (var found in model.Faults().GroupBy(fault => names.Keys.LastOrDefault(name => fault.Contains($"[{name}]", StringComparison.Ordinal)) ?? ""))
            faults.Add($"{string.Join("; ", found)}\n{names.GetValueOrDefault(found.Key)?.Text}");
        return faults;
    }

    private static string Procedure(string name, SqlServerForm statement) =>
        $"create procedure {name} {string.Join(", ", statement.Parameters)} as\n{statement.Text}";

    private static string? Parse(SqlServerForm statement, string name)
    {
        try
        {
            TSql.Parse(statement.Text, name);
            return null;
        }
        catch (InvalidOperationException error)
        {
            return error.Message;
        }
    }
}
