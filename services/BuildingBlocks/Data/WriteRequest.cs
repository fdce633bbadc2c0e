using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>One caller's transaction on its way through the writer. Its answer is given only after the batch's commit.</summary>
internal abstract class WriteRequest(bool validateOnly, CancellationToken cancellation)
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private IReadOnlyList<Action> _signals = [];

    public CancellationToken Cancellation => cancellation;

    public bool IsCancelled => cancellation.IsCancellationRequested;

    public Exception? Error { get; private set; }

    /// <summary>Runs the closure. True when its changes are to be kept.</summary>
    public bool Run(Tx tx)
    {
        try
        {
            if (_context is null)
                Invoke(tx);
            else
                ExecutionContext.Run(_context, state => Invoke((Tx)state!), tx);
            _signals = validateOnly ? [] : tx.Signals;
            return !validateOnly;
        }
        catch (Exception error)
        {
            Error = error;
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
        foreach (var signal in _signals)
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
            _ = task.ContinueWith(late => late.Exception, TaskScheduler.Default);
            throw new InvalidOperationException("A write closure awaited something other than its transaction.");
        }

        _result = task.GetAwaiter().GetResult();
        _hasResult = true;
    }

    protected override void Succeed() => _answer.TrySetResult(_result!);

    protected override void Cancel() => _answer.TrySetCanceled(Cancellation);
}
