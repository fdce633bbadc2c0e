using Dapper;
using Microsoft.Data.Sqlite;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>The file of a database, and how its connections are set up.</summary>
internal sealed class SqliteFile(string path)
{
    private const int BusyTimeoutMilliseconds = 5000;

    public PreparedConnection OpenForWriting() => new(Open("pragma journal_mode = wal; pragma synchronous = full;"));

    public PreparedConnection OpenForReading() => new(Open("pragma journal_mode = wal; pragma query_only = on;"));

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
            connection.Execute($"pragma busy_timeout = {BusyTimeoutMilliseconds}; pragma foreign_keys = on; {setup}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

}
