using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>
/// The one writer a process has of a database: a thread that runs many callers' closures, a savepoint each, under one commit. One
/// disk flush (SQLite) or one turn among the replicas (SQL Server) then serves a whole batch, which is what decides throughput.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);
    private readonly Channel<WriteRequest> _queue;
    private readonly Engine _engine;
    private readonly OutboxFeed _outbox;
    private readonly DbOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _starting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private WriteSession? _session;
    private volatile bool _disposed;

    public GroupCommitWriter(Engine engine, OutboxFeed outbox, DbOptions options, ILogger logger)
    {
        (_engine, _outbox, _options, _logger) = (engine, outbox, options, logger);
        _queue = Channel.CreateBounded<WriteRequest>(
            new BoundedChannelOptions(options.QueuedTransactionsMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>True while a request waits.</summary>
    public bool IsAwaited => _queue.Reader.Count > 0;

    public Task<T> Run<T>(Func<Tx, Task<T>> work, bool validateOnly, CancellationToken cancellation)
    {
        var request = new WriteRequest<T>(work, validateOnly, cancellation);
        request.AbandonWhenCancelled();
        EnsureStarted();
        if (_queue.Writer.TryWrite(request))
            return request.Task;
        request.KeepWhenCancelled();
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

        _session?.Dispose();
        _ended.SetResult();
    }

    private void RunBatch(List<WriteRequest> batch)
    {
        try
        {
            var session = Begin();
            while (batch.Count < _options.GroupCommitBatchMax && _queue.Reader.TryRead(out var request))
            {
                batch.Add(request);
                if (!RunOne(session, request))
                    RunAgain(session, batch);
            }

            session.Commit();
        }
        catch (Exception error)
        {
            FailBatch(batch, error);
            return;
        }

        foreach (var request in batch)
            request.Complete(_logger);
    }

    private WriteSession Begin()
    {
        if (_session is { } kept)
        {
            try
            {
                kept.Begin();
                return kept;
            }
            catch (Exception error) when (kept.IsBroken)
            {
                // It broke while it lay idle. Nothing has run on it yet, so nobody has to know.
                Log.ConnectionReplaced(_logger, error, _options.ConnectionName);
                kept.Dispose();
                _session = null;
            }
        }

        var session = _session = _engine.OpenForWriting();
        session.Begin();
        return session;
    }

    // False when its caller gave up in the middle of a statement that changes rows: SQLite then ends the transaction of the whole batch.
    private bool RunOne(WriteSession session, WriteRequest request)
    {
        if (!request.TryStart())
            return true;
        session.Save();
        bool keep;
        using (session.InterruptOn(request.Cancellation))
            keep = request.Run(new Tx(session, _engine.Dialect, _outbox, request.Cancellation));
        if (session.HasEnded)
        {
            if (request.Error is OperationCanceledException && request.Cancellation.IsCancellationRequested)
                return false;
            // Some failures (disk full, I/O error, a deadlock's victim) end it too; then nobody's changes are there to be committed.
            throw new TransactionLostException("The database ended the transaction of the batch.", request.Error);
        }

        if (!keep)
            session.RollBackToSave();
        session.Release();
        return true;
    }

    // The others of the batch lose nothing by it: all are run again, in the same order. Those that were refused too: what they were refused for
    // may have been the change of one who has gone. Each round drops one request at least, so it ends.
    private void RunAgain(WriteSession session, List<WriteRequest> batch)
    {
        bool whole;
        do
        {
            session.Begin();
            whole = batch.Where(request => !request.IsGivenUp).ToList().TrueForAll(request => RunOne(session, request));
        }
        while (!whole);
    }

    private void FailBatch(List<WriteRequest> batch, Exception error)
    {
        _session?.Dispose();
        _session = null;
        // The batch could not even begin: whoever waits is told now, and not one after another, each after a wait of its own.
        if (batch.Count == 0)
        {
            while (batch.Count < _options.QueuedTransactionsMax && _queue.Reader.TryRead(out var waiting))
                batch.Add(waiting);
        }

        Log.BatchFailed(_logger, error, _options.ConnectionName, batch.Count);
        foreach (var request in batch)
            request.Fail(AnswerTo(request, error));
    }

    private static Exception AnswerTo(WriteRequest request, Exception error) => error switch
    {
        TransactionLostException { IsRolledBack: false } => new Refusal(
            BuildingReasons.StorageOutcomeUnknown,
            "The database was lost while it committed: whether the change was made is not known. Repeat the call with the same request_id.")
        {
            RetryDelay = RetryAfter,
        },
        // Who brought it about is told what it was; the others are told to come again.
        TransactionLostException lost when request.Error is not null && ReferenceEquals(request.Error, lost.InnerException) => request.Error,
        TransactionLostException => new Refusal(
            BuildingReasons.StorageBusy, "The database could not finish the transaction now; nothing was changed. Repeat the call.")
        {
            RetryDelay = RetryAfter,
        },
        _ => error,
    };
}
