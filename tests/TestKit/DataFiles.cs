using Dapper;
using Microsoft.Data.Sqlite;

namespace OrderTracking.TestKit;

/// <summary>The three SQLite files of a system read side by side, past the services, as schemas orders, shipments and compliance.</summary>
public sealed class DataFiles : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <summary>Opens the files of a data directory; a system may be running on them.</summary>
    public DataFiles(string dataDirectory)
    {
        _connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        _connection.Open();
        foreach (var schema in new[] { "orders", "shipments", "compliance" })
            _connection.Execute($"attach database @File as {schema}", new { File = Path.Combine(dataDirectory, $"{schema}.db") });
    }

    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) => _connection.Query<T>(sql, parameters).AsList();

    public long Count(string sql, object? parameters = null) => _connection.ExecuteScalar<long>(sql, parameters);

    /// <summary>Reads while something is changed behind the services' back, and undoes the change.</summary>
    public T AfterTampering<T>(string sql, Func<T> read)
    {
        _connection.Execute("begin transaction");
        _connection.Execute(sql);
        var seen = read();
        _connection.Execute("rollback transaction");
        return seen;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
