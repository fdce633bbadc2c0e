using System.Collections.Concurrent;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>Tells this process's runner at once what it would find out by looking: new work, and work to cancel.</summary>
internal sealed class JobSignal<TDb> : IDisposable
    where TDb : Db
{
    private readonly SemaphoreSlim _awake = new(0, 1);
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _running = new();

    /// <summary>Quick and never fails: made for a transaction's AfterCommit.</summary>
    public void Wake()
    {
        try
        {
            _awake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already; one look finds the work of both signals.
        }
    }

    public Task Wait(TimeSpan longest, CancellationToken cancellation) => _awake.WaitAsync(longest, cancellation);

    public void Began(Guid id, CancellationTokenSource run) => _running[id] = run;

    public void Ended(Guid id) => _running.TryRemove(id, out _);

    /// <summary>Ends a run of this process, off the caller's thread.</summary>
    public void Cancel(Guid id)
    {
        if (_running.TryGetValue(id, out var run))
            _ = Task.Run(() => Cancel(run));
    }

    public void Dispose() => _awake.Dispose();

    private static async Task Cancel(CancellationTokenSource run)
    {
        try
        {
            await run.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The run has ended meanwhile.
        }
    }
}
