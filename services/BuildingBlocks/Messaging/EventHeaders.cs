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
        context.Headers.Set(SentTime, message.SentTime.ToString("O", CultureInfo.InvariantCulture));
        context.Headers.Set(Traceparent, message.Traceparent);
        context.Headers.Set(Tracestate, message.Tracestate);
        context.Headers.Set(Baggage, message.Baggage);
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
