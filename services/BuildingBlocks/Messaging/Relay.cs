using System.Text.Json;
using System.Threading.Channels;
using MassTransit;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Contracts;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>
/// Publishes the committed events of one database. Woken by the commit with the events in memory; the table is read at the start,
/// after an overflow and now and then for safety. Marks a row only when every subscribed consumer has committed it.
/// </summary>
internal sealed class Relay(
    Db database,
    IBus bus,
    ILookup<string, string> consumersByEvent,
    AcknowledgementLedger ledger,
    MessagingOptions options,
    ILogger logger) : IDisposable
{
    private const int PageRows = 500;
    private const int MarkedRowsMax = 500;
    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly TimeSpan PruneInterval = TimeSpan.FromMinutes(10);
    private readonly Channel<Guid> _landed = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _progress = new(0, 1);
    private int _open;

    /// <summary>Publishes until stopped.</summary>
    public async Task Publish(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.SweepInterval, Clock);
        var tick = Task.FromResult(true);
        var arrival = database.Outbox.Reader.WaitToReadAsync(stopping).AsTask();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (database.Outbox.Reader.TryRead(out var message))
                    await PublishNew(message, stopping);
                if (tick.IsCompleted || database.Outbox.TakeOverflow())
                    await Sweep(stopping);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.LoopFailed(logger, error, database.Name);
            }

            if (tick.IsCompleted)
                tick = timer.WaitForNextTickAsync(stopping).AsTask();
            if (arrival.IsCompleted)
                arrival = database.Outbox.Reader.WaitToReadAsync(stopping).AsTask();
            await await Task.WhenAny(arrival, tick);
        }
    }

    /// <summary>Marks what every consumer has committed, until <see cref="Complete"/>.</summary>
    public async Task Mark()
    {
        var ids = new List<Guid>(MarkedRowsMax);
        while (await _landed.Reader.WaitToReadAsync())
        {
            ids.Clear();
            while (ids.Count < MarkedRowsMax && _landed.Reader.TryRead(out var id))
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
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.LoopFailed(logger, error, database.Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Ends <see cref="Mark"/> after what has landed so far.</summary>
    public void Complete() => _landed.Writer.TryComplete();

    public void Dispose() => _progress.Dispose();

    private async Task Sweep(CancellationToken stopping)
    {
        await SendOverdue(stopping);
        IReadOnlyList<OutboxRows.Row> page;
        var after = 0L;
        do
        {
            var from = after;
            page = await database.Read(tx => OutboxRows.Unpublished(tx, from, PageRows), stopping);
            foreach (var row in page)
                await PublishNew(row, stopping);
            after = page.Count == 0 ? after : page[^1].Seq;
        }
        while (page.Count == PageRows);
    }

    private async Task SendOverdue(CancellationToken stopping)
    {
        foreach (var flight in ledger.Open.Where(flight => flight.Owner == this && IsOverdue(flight)))
        {
            flight.PublishedAt = Clock.GetTimestamp();
            await Send(flight.Message, stopping);
        }
    }

    private bool IsOverdue(Flight flight) => Clock.GetElapsedTime(flight.PublishedAt) > options.AcknowledgeTimeout;

    private async Task PublishNew(OutboxMessage message, CancellationToken stopping)
    {
        while (Volatile.Read(ref _open) >= options.UnacknowledgedEventsMax)
        {
            // What fills the window may have been lost between bus and consumer; nothing else would free it then.
            if (!await _progress.WaitAsync(options.SweepInterval, stopping))
                await SendOverdue(stopping);
        }

        var consumers = consumersByEvent[message.Type];
        var flight = new Flight(message, this, consumers, Clock.GetTimestamp(), Landed);
        if (!ledger.TryOpen(flight))
            return;
        Interlocked.Increment(ref _open);
        if (consumers.Any())
            await Send(message, stopping);
        else
            ledger.Close(flight);
    }

    private void Landed(Guid eventId)
    {
        Interlocked.Decrement(ref _open);
        _landed.Writer.TryWrite(eventId);
        if (_progress.CurrentCount == 0)
            ReleaseProgress();
    }

    private void ReleaseProgress()
    {
        try
        {
            _progress.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another consumer signalled at the same time; one signal is enough.
        }
    }

    private Task Send(OutboxMessage message, CancellationToken stopping)
    {
        var type = EventTypes.TypeOf(message.Type);
        var content = message.Event ?? JsonSerializer.Deserialize(message.Body, type, Outbox.Json)
            ?? throw new JsonException($"The event {message.EventId} has no content.");
        return bus.Publish(content, type, context => EventHeaders.Write(context, message), stopping);
    }
}
