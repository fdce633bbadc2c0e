using System.Reflection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data.Sqlite;
using OrderTracking.BuildingBlocks.Data.SqlServer;
using OrderTracking.BuildingBlocks.Leasing;
using OrderTracking.BuildingBlocks.Messaging;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>
/// One service's database. A write is a closure that touches only this database and no other I/O: one writer runs many callers'
/// closures under one durable commit.
/// </summary>
public abstract class Db : IAsyncDisposable
{
    private readonly Engine _engine;
    private readonly GroupCommitWriter _writer;
    private readonly ReadPool _readers;
    private readonly Assembly[] _migrations;

    /// <summary>Opens nothing yet: the database is opened by the first use.</summary>
    /// <param name="options">Where the database is, and the limits.</param>
    /// <param name="logger">Takes failures of commits and of signals.</param>
    /// <param name="migrations">The assembly whose embedded <c>Migrations/NNNN_name.sqlite.sql</c> and <c>.sqlserver.sql</c> make the service's tables.</param>
    protected Db(DbOptions options, ILogger logger, Assembly migrations)
    {
        Name = options.ConnectionName;
        _engine = EngineOf(options);
        _migrations = [typeof(Db).Assembly, migrations];
        Outbox = new OutboxFeed();
        Leases = new Leases(options.Leases);
        _writer = new GroupCommitWriter(_engine, Outbox, options, logger);
        _readers = new ReadPool(_engine, Outbox, options.ReadConnectionsMax);
    }

    /// <summary>The name of the database, such as <c>orders</c>.</summary>
    public string Name { get; }

    /// <summary>What this engine says differently.</summary>
    public Dialect Dialect => _engine.Dialect;

    /// <summary>True while transactions wait for the one that runs: long work that can be split ends its own and lets them in.</summary>
    public bool IsAwaited => _writer.IsAwaited;

    /// <summary>The leases of this database, as this process takes them.</summary>
    public Leases Leases { get; }

    /// <summary>True when other programs administer the database: it is migrated as a step of its own, never at the start.</summary>
    internal bool IsOfServer => ReferenceEquals(Dialect, Dialect.SqlServer);

    internal OutboxFeed Outbox { get; }

    // CA1068: nearly every call passes the token, few validateOnly.
#pragma warning disable CA1068
    /// <summary>Runs <paramref name="work"/> in a transaction and returns after its commit is on disk.</summary>
    /// <param name="work">Touches this database only and is complete when it returns. It runs under the caller's execution context.</param>
    /// <param name="cancellation">Honoured until the closure starts, and by its statements.</param>
    /// <param name="validateOnly">Runs everything and then rolls back: same answer, same errors, no rows, no signals.</param>
    /// <exception cref="InvalidOperationException">The closure awaited something other than its transaction. It was rolled back.</exception>
    /// <exception cref="Grpc.Refusal">STORAGE_QUEUE_FULL: too many transactions wait. Nothing was run.</exception>
    /// <remarks>An exception of the closure rolls back its own changes only, and is thrown to its caller as it is.</remarks>
    public Task<T> Write<T>(Func<Tx, Task<T>> work, CancellationToken cancellation = default, bool validateOnly = false) =>
        _writer.Run(work, validateOnly, cancellation);

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(Func<Tx, Task> work, CancellationToken cancellation = default, bool validateOnly = false) =>
        _writer.Run<object?>(
            tx =>
            {
                var task = work(tx);
                return task.IsCompletedSuccessfully ? Task.FromResult<object?>(null) : Completed(task);
            },
            validateOnly,
            cancellation);
#pragma warning restore CA1068

    /// <summary>Runs <paramref name="work"/> on one snapshot of the database. A write inside it fails.</summary>
    /// <param name="work">Reads this database only.</param>
    /// <param name="cancellation">Interrupts a running statement.</param>
    public Task<T> Read<T>(Func<Tx, Task<T>> work, CancellationToken cancellation = default) => _readers.Run(work, cancellation);

    /// <summary>Brings the tables up to date: those every database has, then the service's own. Makes the database when it is missing.</summary>
    /// <exception cref="InvalidOperationException">A migration that was applied before has another text now.</exception>
    public Task Migrate(CancellationToken cancellation) => Task.Run(() => _engine.Migrate(_migrations, cancellation), cancellation);

    /// <summary>Looks whether the tables are as new as this program; newer ones are good enough.</summary>
    /// <exception cref="InvalidOperationException">Migrations this program knows are not applied; the message names them.</exception>
    public async Task CheckSchema(CancellationToken cancellation)
    {
        var missing = await Task.Run(() => _engine.MissingMigrations(_migrations, cancellation), cancellation);
        if (missing.Count > 0)
            throw new InvalidOperationException(
                $"The database '{Name}' lacks {missing.Count} migration(s) of this program: {string.Join(", ", missing)}. Run the program once with --migrate first.");
    }

    /// <summary>Ends the writer after what waits for it has been committed, and closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
        GC.SuppressFinalize(this);
    }

    private static Engine EngineOf(DbOptions options)
    {
        if (options.SqlServer is { } server)
            return new SqlServerEngine(options.ConnectionName, server);
        Directory.CreateDirectory(options.DataDirectory);
        return new SqliteEngine(Path.Combine(options.DataDirectory, options.ConnectionName + ".db"));
    }

    private static async Task<object?> Completed(Task task)
    {
        await task;
        return null;
    }
}
