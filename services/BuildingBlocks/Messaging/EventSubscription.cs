using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Contracts;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>A handler's place on the bus: what it takes, from which queue, into which database.</summary>
internal abstract class EventSubscription(string queue, string consumer, Type eventType, Type database)
{
    public string Queue => queue;

    /// <summary>The consumer's name in inbox, redeliveries and dead letters. It never changes: a new name takes every event anew.</summary>
    public string Consumer => consumer;

    public Type EventType => eventType;

    public string EventName { get; } = EventTypes.NameOf(eventType);

    public Type Database => database;

    /// <summary>Runs the handler on a stored event, inside the caller's transaction.</summary>
    public abstract Task Apply(IServiceProvider services, Tx tx, OutboxMessage message);

    /// <summary>Connects the handler to its queue.</summary>
    public abstract void Connect(IReceiveEndpointConfigurator endpoint, IServiceProvider services);
}

/// <inheritdoc/>
internal sealed class EventSubscription<TEvent, THandler, TDb>(string queue)
    : EventSubscription(queue, $"{queue}/{typeof(THandler).Name}", typeof(TEvent), typeof(TDb))
    where TEvent : class
    where THandler : class, IEventHandler<TEvent>
    where TDb : Db
{
    public override Task Apply(IServiceProvider services, Tx tx, OutboxMessage message) =>
        Handle(services.GetRequiredService<THandler>(), tx, message);

    public override void Connect(IReceiveEndpointConfigurator endpoint, IServiceProvider services)
    {
        var delivery = services.GetRequiredService<Delivery>();
        var database = services.GetRequiredService<TDb>();
        endpoint.Handler<TEvent>(context => delivery.Take(this, database, EventHeaders.Read(context, EventName)));
    }

    private static Task Handle(THandler handler, Tx tx, OutboxMessage message)
    {
        var content = message.Event as TEvent ?? JsonSerializer.Deserialize<TEvent>(message.Body, Outbox.Json)
            ?? throw new JsonException($"The event {message.EventId} has no content.");
        return handler.Handle(tx, content, new EventContext(message.EventId, message.SentTime, message.Trace.TraceId));
    }
}
