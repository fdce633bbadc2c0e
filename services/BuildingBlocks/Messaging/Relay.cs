using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>
/// Publishes the committed events of one database. Woken by the commit with the events in memory; the table is read at the start,
/// after an overflow and now and then for safety.
/// </summary>
internal abstract class Relay(Db database, MessagingOptions options, ILogger logger) : IDisposable
{
    protected const int PageRows = 500;
    protected static readonly TimeProvider Clock = MicrosecondClock.Machine;
    private const int MarkedRowsMax = 1_000;
    private static readonly TimeSpan PruneInterval = TimeSpan.FromMinutes(10);
    private static readonly Task Never = new TaskCompletionSource().Task;
    private readonly Channel<Guid> _published = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });
    private volatile bool _isPublishing;

    protected Db Database => database;

    /// <summary>Completes when a sweep is worth more than at its next tick.</summary>
    protected virtual Task Woken => Never;

    /// <summary>True while a committed event is on its way to the transport, handed over or read.</summary>
    protected bool IsPublishing => database.Outbox.Reader.Count > 0 || _isPublishing;

    /// <summary>Publishes until stopped.</summary>
    public async Task Publish(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.SweepInterval, Clock);
        var tick = Task.FromResult(true);
        var woken = Woken;
        var arrival = database.Outbox.Reader.WaitToReadAsync(stopping).AsTask();
        while (!stopping.IsCancellationRequested)
        {
            await PublishAll(tick.IsCompleted || woken.IsCompleted, stopping);
            if (woken.IsCompleted)
                woken = Woken;
            if (tick.IsCompleted)
                tick = timer.WaitForNextTickAsync(stopping).AsTask();
            if (arrival.IsCompleted)
                arrival = database.Outbox.Reader.WaitToReadAsync(stopping).AsTask();
            await await Task.WhenAny(arrival, tick, woken);
        }
    }

    /// <summary>Marks what is published, until <see cref="Complete"/>.</summary>
    public async Task Mark()
    {
        var ids = new List<Guid>(MarkedRowsMax);
        while (await _published.Reader.WaitToReadAsync())
        {
            ids.Clear();
            while (ids.Count < MarkedRowsMax && _published.Reader.TryRead(out var id))
                ids.Add(id);
            try
            {
                await database.Write(tx => OutboxRows.Mark(tx, ids, Clock.GetUtcNow()));
            }
            catch (Exception error)
            {
                // The rows stay unmarked: they are published again and every consumer recognises them.
                Log.LoopFailed(logger, error, database.Name);
            }
        }
    }

    /// <summary>Deletes what was published long ago, until stopped.</summary>
    public async Task Prune(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(PruneInterval, Clock);
        do
        {
            try
            {
                var before = Clock.GetUtcNow() - options.PublishedRetention;
                while (await database.Write(tx => OutboxRows.Prune(tx, before, PageRows), stopping))
                    stopping.ThrowIfCancellationRequested();
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                Log.LoopFailed(logger, error, database.Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Waits, while it makes sense, until what is committed is published. Before the loops are stopped.</summary>
    public virtual Task Drain(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Ends the way to the transport: nothing is published or confirmed any more. After the loops have stopped.</summary>
    public virtual Task Close() => Task.CompletedTask;

    /// <summary>Gives up what others may publish. After the last row is marked: one that is published and not marked yet would be published twice.</summary>
    public virtual Task Release() => Task.CompletedTask;

    /// <summary>Ends <see cref="Mark"/> after what is published so far.</summary>
    public void Complete() => _published.Writer.TryComplete();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Publishes what the table holds and nobody has handed over.</summary>
    protected abstract Task Sweep(CancellationToken stopping);

    /// <summary>Publishes an event, or leaves it to a later sweep. Waits while too many are under way.</summary>
    protected abstract ValueTask PublishNew(OutboxMessage message, CancellationToken stopping);

    /// <summary>Notes that an event's row is to be marked.</summary>
    protected void Published(Guid eventId) => _published.Writer.TryWrite(eventId);

    private async Task PublishAll(bool isSweepDue, CancellationToken stopping)
    {
        // Before anything leaves the reader: who drains must see it there or here.
        _isPublishing = true;
        try
        {
            while (database.Outbox.Reader.TryRead(out var message))
                await PublishNew(message, stopping);
            if (isSweepDue || database.Outbox.TakeOverflow())
                await Sweep(stopping);
        }
        // Also a cancellation that is not the stop's, such as that of a channel that ended: it must not end the loop.
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            Log.LoopFailed(logger, error, database.Name);
        }
        finally
        {
            _isPublishing = false;
        }
    }
}
