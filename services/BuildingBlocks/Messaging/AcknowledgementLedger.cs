using System.Collections.Concurrent;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>
/// Which published events wait for which consumers. The in-memory transport confirms nothing, so an outbox row counts as
/// published only when every subscribed consumer has committed it; what is lost with the process is published again.
/// </summary>
internal sealed class AcknowledgementLedger
{
    private readonly ConcurrentDictionary<Guid, Flight> _open = new();

    /// <summary>The events some consumer has not committed yet.</summary>
    public IEnumerable<Flight> Open => _open.Values;

    /// <summary>Notes an event about to be published. False where it is under way already.</summary>
    public bool TryOpen(Flight flight) => _open.TryAdd(flight.Message.EventId, flight);

    /// <summary>Notes that a consumer has made the event, or its redelivery, durable.</summary>
    public void Acknowledge(Guid eventId, string consumer)
    {
        if (_open.TryGetValue(eventId, out var flight) && flight.Land(consumer))
            Close(flight);
    }

    /// <summary>Ends an event nobody waits for.</summary>
    public void Close(Flight flight)
    {
        if (_open.TryRemove(flight.Message.EventId, out _))
            flight.Landed(flight.Message.EventId);
    }
}

/// <summary>A published event that is not yet committed by all its consumers.</summary>
internal sealed class Flight(OutboxMessage message, object owner, IEnumerable<string> consumers, long publishedAt, Action<Guid> landed)
{
    private readonly HashSet<string> _waiting = new(consumers, StringComparer.Ordinal);

    public OutboxMessage Message => message;

    public object Owner => owner;

    public Action<Guid> Landed => landed;

    /// <summary>When it was last published, in ticks of the clock's timestamp.</summary>
    public long PublishedAt { get; set; } = publishedAt;

    /// <summary>True when that was the last consumer.</summary>
    public bool Land(string consumer)
    {
        lock (_waiting)
            return _waiting.Remove(consumer) && _waiting.Count == 0;
    }
}
