using Dapper;
using Microsoft.Data.Sqlite;

namespace OrderTracking.BuildingBlocks.Data.Sqlite;

/// <summary>
/// Applies migrations to a file, each in a transaction of its own that also holds the look whether it is needed: every process of a
/// directory may migrate at its start, and DbUp looks once and then applies.
/// </summary>
internal static class SqliteMigrator
{
    private const string Ledger = """
        create table if not exists schema_migrations (
            source text not null,
            name text not null,
            digest text not null,
            primary key (source, name)
        )
        """;

    private const string SelectDigest = "select digest from schema_migrations where source = @Source and name = @Name";

    private const string Insert = "insert into schema_migrations (source, name, digest) values (@Source, @Name, @Digest)";

    public static void Run(SqliteConnection connection, IReadOnlyList<MigrationScript> scripts, CancellationToken cancellation)
    {
        connection.Execute(Ledger);
        foreach (var script in scripts)
        {
            cancellation.ThrowIfCancellationRequested();
            Apply(connection, script);
        }
    }

    public static IReadOnlyList<string> Missing(SqliteConnection connection, IReadOnlyList<MigrationScript> scripts)
    {
        connection.Execute(Ledger);
        return [.. scripts.Where(script => connection.QueryFirstOrDefault<string>(SelectDigest, script) is null).Select(script => script.FullName)];
    }

    private static void Apply(SqliteConnection connection, MigrationScript script)
    {
        // Immediate, so that a second process that starts at the same time waits and then finds the work done.
        using var transaction = connection.BeginTransaction(deferred: false);
        var applied = connection.QueryFirstOrDefault<string>(SelectDigest, script, transaction);
        if (applied is not null && applied != script.Digest)
            throw script.Edited();
        if (applied is not null)
            return;
        connection.Execute(script.Text, transaction: transaction);
        connection.Execute(Insert, script, transaction);
        transaction.Commit();
    }
}
