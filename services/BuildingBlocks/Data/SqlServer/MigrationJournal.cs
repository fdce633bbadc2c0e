using System.Data;
using DbUp.Engine;

namespace OrderTracking.BuildingBlocks.Data.SqlServer;

/// <summary>DbUp's journal in our ledger, the one SQLite has too: with the digest of what was applied, in the migration's own transaction.</summary>
internal sealed class MigrationJournal(IReadOnlyList<MigrationScript> scripts, string[] applied) : IJournal
{
    public string[] GetExecutedScripts() => applied;

    public void StoreExecutedScript(SqlScript script, Func<IDbCommand> dbCommandFactory)
    {
        var migration = scripts.Single(one => one.FullName == script.Name);
        using var command = dbCommandFactory();
        command.CommandText = SqlServerSchemaStatements.InsertApplied;
        Add(command, nameof(migration.Source), migration.Source);
        Add(command, nameof(migration.Name), migration.Name);
        Add(command, nameof(migration.Digest), migration.Digest);
        command.ExecuteNonQuery();
    }

    public void EnsureTableExistsAndIsLatestVersion(Func<IDbCommand> dbCommandFactory)
    {
        // The ledger was made, and read, under the lock before DbUp began.
    }

    private static void Add(IDbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@{name}";
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
