namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>Where the two engines have other tables. A difference is one line a reader can look up.</summary>
internal static class SchemaDifferences
{
    public static IReadOnlyList<string> Of(IDictionary<string, TableShape> sqlite, IDictionary<string, TableShape> sqlServer)
    {
        var found = new List<string>();
        Names("table", "", sqlite.Keys, sqlServer.Keys, found);
        foreach (var (name, table) in sqlite.Where(one => sqlServer.ContainsKey(one.Key)))
            Compare(name, table, sqlServer[name], found);
        return found;
    }

    private static void Compare(string name, TableShape sqlite, TableShape sqlServer, List<string> found)
    {
        Names("column", name + ".", sqlite.Columns.Keys, sqlServer.Columns.Keys, found);
        foreach (var (column, shape) in sqlite.Columns.Where(one => sqlServer.Columns.ContainsKey(one.Key)))
            Compare($"{name}.{column}", column, shape, sqlServer.Columns[column], found);
        if (sqlite.PrimaryKey != sqlServer.PrimaryKey)
            found.Add($"primary key of {name}: ({sqlite.PrimaryKey}) on SQLite, ({sqlServer.PrimaryKey}) on SQL Server");
        Names("unique key", name + " ", sqlite.UniqueKeys, sqlServer.UniqueKeys, found);
        Names("foreign key", name + " ", sqlite.ForeignKeys, sqlServer.ForeignKeys, found);
        Names("check", name + ": ", sqlite.Checks, sqlServer.Checks, found);
        Texts("index", name, sqlite.Indexes, sqlServer.Indexes, found);
        Texts("trigger", name, sqlite.Triggers, sqlServer.Triggers, found);
    }

    private static void Compare(string place, string column, ColumnShape sqlite, ColumnShape sqlServer, List<string> found)
    {
        if (sqlite.Nullable != sqlServer.Nullable)
            found.Add($"{place} is {(sqlite.Nullable ? "" : "not ")}nullable on SQLite only");
        if (sqlite.Default != sqlServer.Default)
            found.Add($"default of {place}: {sqlite.Default} on SQLite, {sqlServer.Default} on SQL Server");
        if (!TypeMap.Fits(column, sqlite.Type, sqlServer.Type))
            found.Add($"{place} is {sqlite.Type} on SQLite, {sqlServer.Type} on SQL Server");
    }

    private static void Names(string what, string prefix, ICollection<string> sqlite, ICollection<string> sqlServer, List<string> found)
    {
        found.AddRange(sqlite.Except(sqlServer).Select(name => $"{what} {prefix}{name} is on SQLite only"));
        found.AddRange(sqlServer.Except(sqlite).Select(name => $"{what} {prefix}{name} is on SQL Server only"));
    }

    private static void Texts(string what, string table, IDictionary<string, string> sqlite, IDictionary<string, string> sqlServer, List<string> found)
    {
        Names(what, table + " ", sqlite.Keys, sqlServer.Keys, found);
        found.AddRange(sqlite.Where(one => sqlServer.TryGetValue(one.Key, out var other) && other != one.Value)
            .Select(one => $"{what} {one.Key}: {one.Value} on SQLite, {sqlServer[one.Key]} on SQL Server"));
    }
}
