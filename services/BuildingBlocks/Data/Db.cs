using System.Reflection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Leasing;
using OrderTracking.BuildingBlocks.Messaging;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>
/// One service's database. A write is a closure that touches only this database and no other I/O: on SQLite one writer runs
/// many callers' closures under one durable commit.
/// </summary>
public abstract class Db : IAsyncDisposable
{
    private readonly GroupCommitWriter _writer;
    private readonly ReadPool _readers;
    private readonly Migrator _migrator;

    /// <summary>Opens nothing yet: the file is opened by the first use.</summary>
    /// <param name="options">Where the file is, and the limits.</param>
    /// <param name="logger">Takes failures of commits and of signals.</param>
    /// <param name="migrations">The assembly whose embedded <c>Migrations/NNNN_name.sqlite.sql</c> make the service's tables.</param>
    protected Db(DbOptions options, ILogger logger, Assembly migrations)
    {
        Directory.CreateDirectory(options.DataDirectory);
        Name = options.ConnectionName;
        var file = new SqliteFile(Path.Combine(options.DataDirectory, options.ConnectionName + ".db"));
        Outbox = new OutboxFeed();
        Leases = new Leases(options.Leases);
        _writer = new GroupCommitWriter(file, Dialect, Outbox, options, logger);
        _readers = new ReadPool(file, Dialect, Outbox, options.ReadConnectionsMax);
        _migrator = new Migrator(file, Dialect, [typeof(Db).Assembly, migrations]);
    }

    /// <summary>The name of the database, such as <c>orders</c>.</summary>
    public string Name { get; }

    /// <summary>What this engine says differently.</summary>
    public Dialect Dialect { get; } = Dialect.Sqlite;

    /// <summary>The leases of this database, as this process takes them.</summary>
    public Leases Leases { get; }

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

    /// <summary>Brings the tables up to date: those every database has, then the service's own.</summary>
    /// <exception cref="InvalidOperationException">A migration that was applied before has another text now.</exception>
    public Task Migrate(CancellationToken cancellation) => _migrator.Run(cancellation);

    /// <summary>Ends the writer after what waits for it has been committed, and closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _readers.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static async Task<object?> Completed(Task task)
    {
        await task;
        return null;
    }
}
