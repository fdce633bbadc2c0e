using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>Takes one kind of event. One instance serves all events, so it keeps no state of its own.</summary>
/// <typeparam name="TEvent">A record listed in <c>EventTypes</c>.</typeparam>
// CA1711: it handles events of the bus, not those of the language.
#pragma warning disable CA1711
public interface IEventHandler<in TEvent>
    where TEvent : class
{
    /// <summary>
    /// Runs inside the inbox transaction of the handler's database, so its effect happens once however often the event comes.
    /// Events may come late, again and out of order. An exception rolls everything back; the event is redelivered with growing
    /// delays and in the end kept as a dead letter.
    /// </summary>
    Task Handle(Tx tx, TEvent @event, EventContext context);
}
#pragma warning restore CA1711

/// <summary>What is known of an event beside its content.</summary>
/// <param name="EventId">Its identity.</param>
/// <param name="SentTime">The instant its sender stored it.</param>
/// <param name="TraceId">The trace it was sent in; null where there was none.</param>
public sealed record EventContext(Guid EventId, DateTimeOffset SentTime, string? TraceId);
