using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Contracts;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>
/// The relay of a process that is alone with its databases. Its bus confirms nothing, so a row is marked only when every subscribed
/// consumer has committed it.
/// </summary>
internal sealed class InMemoryRelay(
    Db database,
    IBus bus,
    ILookup<string, string> consumersByEvent,
    AcknowledgementLedger ledger,
    MessagingOptions options,
    ILogger logger) : Relay(database, options, logger)
{
    private readonly MessagingOptions _options = options;
    private readonly SemaphoreSlim _progress = new(0, 1);
    private int _open;

    protected override void Dispose(bool disposing)
    {
        _progress.Dispose();
        base.Dispose(disposing);
    }

    protected override async Task Sweep(CancellationToken stopping)
    {
        await SendOverdue(stopping);
        IReadOnlyList<OutboxRows.Row> page;
        var after = 0L;
        do
        {
            var from = after;
            page = await Database.Read(tx => OutboxRows.Unpublished(tx, from, PageRows), stopping);
            foreach (var row in page)
                await PublishNew(row, stopping);
            after = page.Count == 0 ? after : page[^1].Seq;
        }
        while (page.Count == PageRows);
    }

    protected override async ValueTask PublishNew(OutboxMessage message, CancellationToken stopping)
    {
        while (Volatile.Read(ref _open) >= _options.UnacknowledgedEventsMax)
        {
            // What fills the window may have been lost between bus and consumer; nothing else would free it then.
            if (!await _progress.WaitAsync(_options.SweepInterval, stopping))
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

    private async Task SendOverdue(CancellationToken stopping)
    {
        foreach (var flight in ledger.Open.Where(flight => flight.Owner == this && IsOverdue(flight)))
        {
            flight.PublishedAt = Clock.GetTimestamp();
            await Send(flight.Message, stopping);
        }
    }

    private bool IsOverdue(Flight flight) => Clock.GetElapsedTime(flight.PublishedAt) > _options.AcknowledgeTimeout;

    private void Landed(Guid eventId)
    {
        Interlocked.Decrement(ref _open);
        Published(eventId);
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

    private Task Send(OutboxMessage message, CancellationToken cancellation)
    {
        var type = EventTypes.TypeOf(message.Type);
        var content = message.Event ?? JsonSerializer.Deserialize(message.Body, type, Outbox.Json)
            ?? throw new JsonException($"The event {message.EventId} has no content.");
        return bus.Publish(content, type, context => EventHeaders.Write(context, message), cancellation);
    }
}
