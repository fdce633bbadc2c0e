using System.Data.Common;
using Dapper;
using OrderTracking.BuildingBlocks.Data.Sqlite;
using OrderTracking.BuildingBlocks.Messaging;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>
/// A transaction: Dapper with the connection and the cancellation inside, so that neither can be forgotten.
/// Valid only while the closure it was given to runs.
/// </summary>
public sealed class Tx
{
    private readonly Session _session;
    private readonly DbConnection _connection;
    private readonly CancellationToken _cancellation;
    private List<Action>? _afterCommit;
    private volatile bool _closed;
    private bool _hasFailed;

    static Tx() => TypeHandlers.Register();

    internal Tx(Session session, Dialect dialect, OutboxFeed outbox, CancellationToken cancellation)
    {
        _session = session;
        _connection = session.Connection;
        Dialect = dialect;
        Outbox = outbox;
        _cancellation = cancellation;
    }

    /// <summary>What the engine behind this transaction says differently.</summary>
    public Dialect Dialect { get; }

    internal OutboxFeed Outbox { get; }

    internal IReadOnlyList<Action> Signals => _afterCommit ?? (IReadOnlyList<Action>)[];

    /// <summary>Runs a statement and returns the number of rows it changed.</summary>
    public Task<int> Execute(string sql, object? parameters = null)
    {
        Admit(sql, parameters);
        try
        {
            return Task.FromResult(Bound(sql, parameters) is { } bound ? bound.Execute(parameters) : _connection.Execute(sql, parameters));
        }
        catch
        {
            NoteFailure();
            throw;
        }
    }

    /// <summary>Reads all rows of a query.</summary>
    public Task<IReadOnlyList<T>> Query<T>(string sql, object? parameters = null)
    {
        Admit(sql, parameters);
        try
        {
            return Task.FromResult<IReadOnlyList<T>>(Bound(sql, parameters) is { } bound ? Rows<T>(bound, parameters) : _connection.Query<T>(sql, parameters).AsList());
        }
        catch
        {
            NoteFailure();
            throw;
        }
    }

    /// <summary>Reads the first row of a query, or the default where there is none.</summary>
    public Task<T?> QueryFirstOrDefault<T>(string sql, object? parameters = null)
    {
        Admit(sql, parameters);
        try
        {
            return Task.FromResult(Bound(sql, parameters) is { } bound ? First<T>(bound, parameters) : _connection.QueryFirstOrDefault<T>(sql, parameters));
        }
        catch
        {
            NoteFailure();
            throw;
        }
    }

    /// <summary>Reads the first column of the first row.</summary>
    public Task<T> Scalar<T>(string sql, object? parameters = null)
    {
        Admit(sql, parameters);
        try
        {
            return Task.FromResult(typeof(T) == typeof(long) && Bound(sql, parameters)?.Number(parameters) is { } number
                ? (T)(object)number
                : _connection.ExecuteScalar<T>(sql, parameters)!);
        }
        catch
        {
            NoteFailure();
            throw;
        }
    }

    /// <summary>
    /// Runs <paramref name="action"/> after the durable commit, and never after a rollback. For signals only: it runs on the
    /// database's writer, must be quick and must not fail.
    /// </summary>
    public void AfterCommit(Action action)
    {
        ThrowIfClosed();
        (_afterCommit ??= []).Add(action);
    }

    internal void Close() => _closed = true;

    private BoundStatement? Bound(string sql, object? parameters) => (_connection as PreparedConnection)?.Bound(sql, parameters?.GetType());

    private static List<T> Rows<T>(BoundStatement bound, object? parameters)
    {
        using var reader = bound.Read(parameters);
        return reader.Parse<T>().AsList();
    }

    private static T? First<T>(BoundStatement bound, object? parameters)
    {
        if (bound.FindsNothing(parameters))
            return default;
        using var reader = bound.Read(parameters);
        return reader.HasRows ? reader.Parse<T>().FirstOrDefault() : default;
    }

    // Nothing here is asynchronous: the tasks are complete when they are returned, which is what lets one writer run many closures.
    private void Admit(string sql, object? parameters)
    {
        StatementLog.Current?.Record(sql, parameters);
        ThrowIfClosed();
        _cancellation.ThrowIfCancellationRequested();
        // A closure that swallowed the failure that ended its transaction must not go on without one.
        if (_hasFailed && _session.HasEnded)
            throw new TransactionLostException("The database ended the transaction.", null);
    }

    private void NoteFailure()
    {
        _hasFailed = true;
        _session.NoteFailure();
    }

    private void ThrowIfClosed()
    {
        if (_closed)
            throw new InvalidOperationException("The transaction has ended: a closure must not keep its Tx or await anything but its Tx.");
    }
}
