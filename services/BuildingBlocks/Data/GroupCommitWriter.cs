using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using SQLitePCL;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>
/// The one writer of a SQLite file: a thread that runs many callers' closures, a savepoint each, under one commit. One disk
/// flush then serves a whole batch, which is what decides throughput with synchronous=FULL.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);
    private readonly Channel<WriteRequest> _queue;
    private readonly SqliteFile _file;
    private readonly Dialect _dialect;
    private readonly OutboxFeed _outbox;
    private readonly DbOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _starting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private PreparedConnection? _connection;
    private volatile bool _disposed;

    public GroupCommitWriter(SqliteFile file, Dialect dialect, OutboxFeed outbox, DbOptions options, ILogger logger)
    {
        (_file, _dialect, _outbox, _options, _logger) = (file, dialect, outbox, options, logger);
        _queue = Channel.CreateBounded<WriteRequest>(
            new BoundedChannelOptions(options.QueuedTransactionsMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    public Task<T> Run<T>(Func<Tx, Task<T>> work, bool validateOnly, CancellationToken cancellation)
    {
        var request = new WriteRequest<T>(work, validateOnly, cancellation);
        request.AbandonWhenCancelled();
        EnsureStarted();
        if (_queue.Writer.TryWrite(request))
            return request.Task;
        return Task.FromException<T>(_disposed
            ? new ObjectDisposedException(_options.ConnectionName)
            : new Refusal(BuildingReasons.StorageQueueFull, "Too many transactions wait for the database.") { RetryDelay = RetryAfter });
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        _queue.Writer.TryComplete();
        lock (_starting)
        {
            if (_thread is null)
                return;
        }

        await _ended.Task;
    }

    private void EnsureStarted()
    {
        if (_thread is not null)
            return;
        lock (_starting)
        {
            if (_thread is not null || _disposed)
                return;
            _thread = new Thread(Loop) { IsBackground = true, Name = $"writer of {_options.ConnectionName}" };
            _thread.Start();
        }
    }

    private void Loop()
    {
        var batch = new List<WriteRequest>(_options.GroupCommitBatchMax);
        // A dedicated thread has nothing else to do than to wait here.
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            RunBatch(batch);
        }

        _connection?.Dispose();
        _ended.SetResult();
    }

    private void RunBatch(List<WriteRequest> batch)
    {
        try
        {
            var connection = _connection ??= _file.OpenForWriting();
            connection.Execute("begin immediate");
            while (batch.Count < _options.GroupCommitBatchMax && _queue.Reader.TryRead(out var request))
            {
                batch.Add(request);
                if (!RunOne(connection, request))
                    RunAgain(connection, batch);
            }

            connection.Execute("commit");
        }
        catch (Exception error)
        {
            FailBatch(batch, error);
            return;
        }

        foreach (var request in batch)
            request.Complete(_logger);
    }

    // False when its caller gave up in the middle of a statement that changes rows: SQLite then ends the transaction of the whole batch.
    private bool RunOne(PreparedConnection connection, WriteRequest request)
    {
        if (!request.TryStart())
            return true;
        connection.Execute("savepoint caller");
        bool keep;
        using (connection.InterruptOn(request.Cancellation))
            keep = request.Run(new Tx(connection, _dialect, _outbox, request.Cancellation));
        if (raw.sqlite3_get_autocommit(connection.Inner.Handle) != 0)
        {
            if (request.Error is OperationCanceledException && request.Cancellation.IsCancellationRequested)
                return false;
            // Some failures (disk full, I/O error) end it too; then nobody's changes are there to be committed.
            throw new InvalidOperationException("The database ended the transaction of the batch.", request.Error);
        }

        if (!keep)
            connection.Execute("rollback to caller");
        connection.Execute("release caller");
        return true;
    }

    // The others of the batch lose nothing by it: what they changed is changed again, in the same order. Each round drops one request
    // at least, so it ends.
    private void RunAgain(PreparedConnection connection, List<WriteRequest> batch)
    {
        bool whole;
        do
        {
            connection.Execute("begin immediate");
            whole = batch.Where(request => request.IsKept).ToList().TrueForAll(request => RunOne(connection, request));
        }
        while (!whole);
    }

    private void FailBatch(List<WriteRequest> batch, Exception error)
    {
        Log.BatchFailed(_logger, error, _options.ConnectionName, batch.Count);
        _connection?.Dispose();
        _connection = null;
        // The batch could not even begin: the callers that wait would otherwise spin here for ever.
        if (batch.Count == 0 && _queue.Reader.TryRead(out var first))
            batch.Add(first);
        foreach (var request in batch)
            request.Fail(error);
    }
}
