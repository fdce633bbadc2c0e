using Dapper;
using DbUp;
using DbUp.Engine;
using Microsoft.Data.SqlClient;

namespace OrderTracking.BuildingBlocks.Data.SqlServer;

/// <summary>
/// Applies migrations with DbUp, each in a transaction of its own, under a lock of the server: of two processes that migrate at once
/// the second waits and then finds the work done.
/// </summary>
internal static class SqlServerMigrator
{
    private const int LockedSeconds = 660;

    // A migration may rebuild an index of a large table.
    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromHours(1);

    public static void Run(string connectionString, IReadOnlyList<MigrationScript> scripts)
    {
        EnsureDatabase(connectionString);
        using var locked = Open(connectionString);
        Lock(locked);
        if (locked.ExecuteScalar<int>(SqlServerSchemaStatements.SnapshotsAllowed) == 0)
            locked.Execute(SqlServerSchemaStatements.AllowSnapshots);
        locked.Execute(SqlServerSchemaStatements.Ledger);
        var applied = Applied(locked);
        if (scripts.FirstOrDefault(script => applied.TryGetValue(script.FullName, out var digest) && digest != script.Digest) is { } edited)
            throw edited.Edited();
        var result = Upgrade(connectionString, scripts, applied.Keys).PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"The migration {result.ErrorScript?.Name ?? "ledger"} failed: {result.Error.Message}", result.Error);
    }

    public static IReadOnlyList<string> Missing(string connectionString, IReadOnlyList<MigrationScript> scripts)
    {
        using var connection = Open(connectionString);
        if (connection.ExecuteScalar<int>(SqlServerSchemaStatements.LedgerExists) == 0)
            return [.. scripts.Select(script => script.FullName)];
        if (connection.ExecuteScalar<int>(SqlServerSchemaStatements.SnapshotsAllowed) == 0)
            throw new InvalidOperationException($"The database {connection.Database} does not allow snapshot isolation; --migrate turns it on.");
        var applied = Applied(connection);
        return [.. scripts.Select(script => script.FullName).Where(name => !applied.ContainsKey(name))];
    }

    /// <summary>The upgrade DbUp is to run: in our order, with our ledger, and texts as they are.</summary>
    internal static UpgradeEngine Upgrade(string connectionString, IReadOnlyList<MigrationScript> scripts, IEnumerable<string> applied) =>
        DeployChanges.To.SqlDatabase(connectionString)
            .WithScripts(scripts.Select((script, at) => new SqlScript(script.FullName, script.Text, new SqlScriptOptions { RunGroupOrder = at })))
            .JournalTo(new MigrationJournal(scripts, [.. applied]))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .WithExecutionTimeout(ScriptTimeout)
            .LogToNowhere()
            .Build();

    private static void EnsureDatabase(string connectionString)
    {
        try
        {
            using var there = Open(connectionString);
        }
        catch (SqlException missing) when (missing.Number == SqlServerErrors.CannotOpenDatabase)
        {
            var text = new SqlConnectionStringBuilder(connectionString);
            var name = text.InitialCatalog;
            text.InitialCatalog = "master";
            using var master = Open(text.ConnectionString);
            Lock(master);
            // There, and yet it cannot be opened: then this login may not, and making it again would not help.
            if (master.ExecuteScalar<int>(SqlServerSchemaStatements.DatabaseExists, new { name }) > 0)
                return;
            foreach (var statement in SqlServerSchemaStatements.Create(name))
                master.Execute(statement, commandTimeout: LockedSeconds);
        }
    }

    private static void Lock(SqlConnection connection)
    {
        if (connection.ExecuteScalar<int>(SqlServerSchemaStatements.TakeLock, commandTimeout: LockedSeconds) < 0)
            throw new InvalidOperationException("Another process has been migrating for ten minutes; wait for its end.");
    }

    private static Dictionary<string, string> Applied(SqlConnection connection) =>
        connection.Query<(string Source, string Name, string Digest)>(SqlServerSchemaStatements.SelectApplied)
            .ToDictionary(row => $"{row.Source}/{row.Name}", row => row.Digest, StringComparer.Ordinal);

    private static SqlConnection Open(string connectionString)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
