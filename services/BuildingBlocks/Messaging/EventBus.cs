using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>Registers what sends and takes events.</summary>
public static class EventBus
{
    /// <summary>Subscribes a handler. The consumer's name is <c>queue/Handler</c> and is stored: renaming it takes events anew.</summary>
    /// <typeparam name="TEvent">A record listed in <c>EventTypes</c>.</typeparam>
    /// <typeparam name="THandler">One instance serves all events.</typeparam>
    /// <typeparam name="TDb">The database of the handler's effect, registered with <see cref="Databases.AddDb{TDb}"/>.</typeparam>
    /// <param name="services">The process's services.</param>
    /// <param name="queue">The queue's name; several handlers may share one.</param>
    public static IServiceCollection AddEventHandler<TEvent, THandler, TDb>(this IServiceCollection services, string queue)
        where TEvent : class
        where THandler : class, IEventHandler<TEvent>
        where TDb : Db
    {
        services.TryAddSingleton<THandler>();
        return services.AddSingleton<EventSubscription>(new EventSubscription<TEvent, THandler, TDb>(queue));
    }

    /// <summary>Adds the bus, once a process: it serves the handlers of every module and relays the events of every database.</summary>
    /// <exception cref="InvalidOperationException">The transport is none of this version.</exception>
    public static IServiceCollection AddMessaging(this IServiceCollection services, MessagingOptions options)
    {
        options.Check();
        services.AddSingleton(options);
        services.AddSingleton<AcknowledgementLedger>();
        services.AddSingleton<Delivery>();
        services.AddHostedService<MessageLoops>();
        services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        return services.AddMassTransit(bus => bus.UsingInMemory((context, configurator) =>
        {
            foreach (var queue in context.GetServices<EventSubscription>().GroupBy(subscription => subscription.Queue))
                configurator.ReceiveEndpoint(queue.Key, endpoint => Connect(endpoint, queue, options, context));
        }));
    }

    private static void Connect(
        IReceiveEndpointConfigurator endpoint, IEnumerable<EventSubscription> subscriptions, MessagingOptions options, IServiceProvider services)
    {
        endpoint.PrefetchCount = options.ConcurrentEventsMax;
        endpoint.ConcurrentMessageLimit = options.ConcurrentEventsMax;
        foreach (var subscription in subscriptions)
            subscription.Connect(endpoint, services);
    }
}
