using System.Globalization;
using MassTransit;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>What travels beside an event on the bus.</summary>
internal static class EventHeaders
{
    private const string SentTime = "ordertracking-sent-time";
    private const string Traceparent = "traceparent";
    private const string Tracestate = "tracestate";
    private const string Baggage = "baggage";

    public static void Write(PublishContext context, OutboxMessage message)
    {
        context.MessageId = message.EventId;
        foreach (var (name, value) in Of(message))
            context.Headers.Set(name, value);
    }

    /// <summary>Those that are there, with their names.</summary>
    public static IEnumerable<(string Name, string Value)> Of(OutboxMessage message)
    {
        yield return (SentTime, message.SentTime.ToString("O", CultureInfo.InvariantCulture));
        if (message.Traceparent is not null)
            yield return (Traceparent, message.Traceparent);
        if (message.Tracestate is not null)
            yield return (Tracestate, message.Tracestate);
        if (message.Baggage is not null)
            yield return (Baggage, message.Baggage);
    }

    public static OutboxMessage Read<TEvent>(ConsumeContext<TEvent> context, string eventName)
        where TEvent : class => new()
        {
            EventId = context.MessageId ?? throw new InvalidOperationException("An event came without its id."),
            Type = eventName,
            Event = context.Message,
            SentTime = DateTimeOffset.Parse(context.Headers.Get<string>(SentTime) ?? "", CultureInfo.InvariantCulture),
            Traceparent = context.Headers.Get<string>(Traceparent),
            Tracestate = context.Headers.Get<string>(Tracestate),
            Baggage = context.Headers.Get<string>(Baggage),
        };
}
