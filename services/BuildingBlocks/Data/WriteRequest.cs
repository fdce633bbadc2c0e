using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>One caller's transaction on its way through the writer. Its answer is given only after the batch's commit.</summary>
internal abstract class WriteRequest(bool validateOnly, CancellationToken cancellation)
{
    private const int Queued = 0;
    private const int Started = 1;
    private const int Abandoned = 2;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private CancellationTokenRegistration _abandoning;
    private IReadOnlyList<Action> _signals = [];
    private int _stage = Queued;

    public CancellationToken Cancellation => cancellation;

    public Exception? Error { get; private set; }

    /// <summary>True when the closure ran and its changes are part of the batch.</summary>
    public bool IsKept { get; private set; }

    /// <summary>True when its caller gave up while it ran.</summary>
    public bool IsGivenUp => Error is OperationCanceledException && cancellation.IsCancellationRequested;

    /// <summary>A caller who gives up while the request waits is answered at once; the writer then passes it over.</summary>
    public void AbandonWhenCancelled() => _abandoning = cancellation.UnsafeRegister(state => ((WriteRequest)state!).Abandon(), this);

    /// <summary>Takes that back: a worker's token lives as long as the process, and would keep every request that failed.</summary>
    public void KeepWhenCancelled() => _abandoning.Unregister();

    /// <summary>False when its caller gave up before.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _stage, Started, Queued) != Abandoned;

    /// <summary>
    /// Runs the closure, again where an interrupted caller took the transaction away. True when its changes are to be kept; those of a
    /// caller who gave up meanwhile are not.
    /// </summary>
    public bool Run(Tx tx)
    {
        try
        {
            (Error, IsKept) = (null, false);
            if (_context is null)
                Invoke(tx);
            else
                ExecutionContext.Run(_context, state => Invoke((Tx)state!), tx);
            cancellation.ThrowIfCancellationRequested();
            _signals = validateOnly ? [] : tx.Signals;
            return IsKept = !validateOnly;
        }
        catch (Exception error)
        {
            // Whatever the engine calls a statement that was interrupted, or failed beside it: the caller has gone.
            Error = error is DbException && cancellation.IsCancellationRequested
                ? new OperationCanceledException("The write was cancelled.", error, cancellation)
                : error;
            return false;
        }
        finally
        {
            tx.Close();
        }
    }

    /// <summary>Answers the caller after the commit. A refusal waits for it too: it may rest on another caller's change.</summary>
    public void Complete(ILogger logger)
    {
        KeepWhenCancelled();
        foreach (var signal in IsKept ? _signals : [])
        {
            try
            {
                signal();
            }
            catch (Exception error)
            {
                Log.SignalFailed(logger, error);
            }
        }

        if (Error is not null)
            Fail(Error);
        else if (!HasResult)
            Cancel();
        else
            Succeed();
    }

    public abstract void Fail(Exception error);

    protected abstract bool HasResult { get; }

    protected abstract void Invoke(Tx tx);

    protected abstract void Succeed();

    protected abstract void Cancel();

    private void Abandon()
    {
        if (Interlocked.CompareExchange(ref _stage, Abandoned, Queued) == Queued)
            Cancel();
    }
}

/// <inheritdoc/>
internal sealed class WriteRequest<T>(Func<Tx, Task<T>> work, bool validateOnly, CancellationToken cancellation)
    : WriteRequest(validateOnly, cancellation)
{
    // The writer must never run a caller's continuation.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private bool _hasResult;

    public Task<T> Task => _answer.Task;

    protected override bool HasResult => _hasResult;

    public override void Fail(Exception error)
    {
        KeepWhenCancelled();
        if (error is OperationCanceledException cancelled)
            _answer.TrySetCanceled(cancelled.CancellationToken);
        else
            _answer.TrySetException(error);
    }

    protected override void Invoke(Tx tx)
    {
        var task = work(tx);
        if (!task.IsCompleted)
        {
            // What it awaits may come back at any moment, on another thread.
            tx.Close();
            _ = task.ContinueWith(late => late.Exception, TaskScheduler.Default);
            throw new InvalidOperationException("A write closure awaited something other than its transaction.");
        }

        _result = task.GetAwaiter().GetResult();
        _hasResult = true;
    }

    protected override void Succeed() => _answer.TrySetResult(_result!);

    protected override void Cancel() => _answer.TrySetCanceled(Cancellation);
}
