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

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// Stores an event together with the trace context and the baggage of the current activity. It is published after the commit,
    /// at least once, and has its effect on each consumer once.
    /// </summary>
    /// <param name="tx">The transaction of the change the event tells of.</param>
    /// <param name="eventId">The event's identity; consumers take an id once.</param>
    /// <param name="event">A record listed in <c>EventTypes</c>.</param>
    /// <param name="now">The instant the event is sent.</param>
    /// <exception cref="ArgumentException">The type is not listed in <c>EventTypes</c>.</exception>
    public static async Task Add<TEvent>(Tx tx, Guid eventId, TEvent @event, DateTimeOffset now)
        where TEvent : class
    {
        var trace = TraceCarrier.OfCurrentActivity();
        var feed = tx.Outbox;
        var claimedUntil = feed.NewClaim();
        var message = new OutboxMessage
        {
            EventId = eventId,
            Type = EventTypes.NameOf(typeof(TEvent)),
            Body = JsonSerializer.Serialize(@event, Json),
            SentTime = now,
            Traceparent = trace.Traceparent,
            Tracestate = trace.Tracestate,
            Baggage = trace.Baggage,
            ClaimedBy = claimedUntil is null ? null : feed.Claimant?.Name,
            ClaimedUntil = claimedUntil,
            Event = @event,
        };
        await tx.Execute(Insert, message);
        tx.AfterCommit(() => feed.Offer(message));
    }
}
