using Microsoft.Data.Sqlite;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>The file of a database, and how its connections are set up.</summary>
internal sealed class SqliteFile(string path)
{
    private const int BusyTimeoutMilliseconds = 5000;

    public SqliteConnection OpenForWriting() => Open("pragma journal_mode = wal; pragma synchronous = full;");

    public SqliteConnection OpenForReading() => Open("pragma journal_mode = wal; pragma query_only = on;");

    private SqliteConnection Open(string setup)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Cache = SqliteCacheMode.Private,
            // The writer and the read pool keep their own connections; the provider's pool would reset their pragmas.
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, $"pragma busy_timeout = {BusyTimeoutMilliseconds}; pragma foreign_keys = on; {setup}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Every text that comes here is a constant of this assembly or an embedded migration.
#pragma warning disable CA2100
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
