using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Contracts;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>Sends events with the transaction that causes them: both commit, or neither.</summary>
public static class Outbox
{
    private const string Insert = """
        insert into outbox (event_id, type, body, sent_time, traceparent, tracestate, baggage, claimed_by, claimed_until)
        values (@EventId, @Type, @Body, @SentTime, @Traceparent, @Tracestate, @Baggage, @ClaimedBy, @ClaimedUntil)
        """;

    internal static readonly JsonSerializerOptions Json = EventJson.Default.Options;

    /// <summary>
    /// Stores an event together with the trace context and the baggage of the current activity. It is published after the commit,
    /// at least once, and has its effect on each consumer once.
    /// </summary>
    /// <param name="tx">The transaction of the change the event tells of.</param>
    /// <param name="eventId">The event's identity; consumers take an id once.</param>
    /// <param name="event">A record listed in <c>EventTypes</c>.</param>
    /// <param name="now">The instant the event is sent.</param>
    /// <exception cref="ArgumentException">The type is not listed in <c>EventTypes</c>.</exception>
    public static Task Add<TEvent>(Tx tx, Guid eventId, TEvent @event, DateTimeOffset now)
        where TEvent : class => Add(tx, Write(eventId, @event, now));

    /// <summary>Stores an event that was written before its transaction.</summary>
    /// <inheritdoc cref="Add{TEvent}"/>
    public static async Task Add(Tx tx, OutgoingEvent @event)
    {
        var feed = tx.Outbox;
        var message = feed.NewClaim() is { } until ? @event.Message.Claimed(feed.Claimant!.Name, until) : @event.Message;
        await tx.Execute(Insert, message);
        tx.AfterCommit(() => feed.Offer(message));
    }

    /// <summary>Writes an event before its transaction begins, so that the database's writer does not have to.</summary>
    /// <inheritdoc cref="Add{TEvent}"/>
    public static OutgoingEvent Write<TEvent>(Guid eventId, TEvent @event, DateTimeOffset now)
        where TEvent : class
    {
        var trace = TraceCarrier.OfCurrentActivity();
        return new OutgoingEvent(new OutboxMessage
        {
            EventId = eventId,
            Type = EventTypes.NameOf(typeof(TEvent)),
            Body = JsonSerializer.Serialize(@event, Json),
            SentTime = now,
            Traceparent = trace.Traceparent,
            Tracestate = trace.Tracestate,
            Baggage = trace.Baggage,
            Event = @event,
        });
    }
}

/// <summary>An event as its row will be, with the trace context it was written in.</summary>
public sealed class OutgoingEvent
{
    internal OutgoingEvent(OutboxMessage message) => Message = message;

    internal OutboxMessage Message { get; }
}
