namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>An event on its way: a row of the outbox, of the redeliveries or of the dead letters.</summary>
internal class OutboxMessage
{
    public Guid EventId { get; init; }

    /// <summary>The event's name in <c>EventTypes</c>.</summary>
    public string Type { get; init; } = "";

    public string Body { get; init; } = "";

    public DateTimeOffset SentTime { get; init; }

    public string? Traceparent { get; init; }

    public string? Tracestate { get; init; }

    public string? Baggage { get; init; }

    /// <summary>Which process is to publish it, and until when; null: anyone.</summary>
    public string? ClaimedBy { get; init; }

    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>The event itself where it was not read back from its row.</summary>
    public object? Event { get; init; }

    public TraceCarrier Trace => new(Traceparent, Tracestate, Baggage);

    /// <summary>The message as a process's own to publish until an instant.</summary>
    public OutboxMessage Claimed(string claimant, DateTimeOffset until) => new()
    {
        EventId = EventId,
        Type = Type,
        Body = Body,
        SentTime = SentTime,
        Traceparent = Traceparent,
        Tracestate = Tracestate,
        Baggage = Baggage,
        ClaimedBy = claimant,
        ClaimedUntil = until,
        Event = Event,
    };
}
