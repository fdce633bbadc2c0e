using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging.DeadLetters;
using OrderTracking.BuildingBlocks.Messaging.RabbitMq;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>Registers what sends and takes events.</summary>
public static class EventBus
{
    /// <summary>The tag of the health checks that tell whether events travel.</summary>
    internal const string HealthTag = "messaging";

    private const string HealthTagReady = "ready";
    private const string HealthTagBus = "bus";
    private static readonly TimeSpan BusStopTimeout = TimeSpan.FromSeconds(10);

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
    /// <exception cref="InvalidOperationException">A setting of the transport cannot work.</exception>
    public static IServiceCollection AddMessaging(this IServiceCollection services, MessagingOptions options)
    {
        options.Check();
        services.AddSingleton(options);
        services.AddSingleton<AcknowledgementLedger>();
        services.AddSingleton<Delivery>();
        services.AddSingleton<ReadDeadLetters>();
        services.AddSingleton<SettleDeadLetter>();
        services.AddSingleton<DeadLetterGrpcService>();
        if (options.UsesBroker)
            AddRabbitMq(services, options);
        else
            AddInMemory(services, options);
        // After the bus: what starts last ends first, and the loops need the bus until they have ended.
        services.AddHostedService<MessageLoops>();
        return services;
    }

    private static void AddInMemory(IServiceCollection services, MessagingOptions options)
    {
        services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        services.AddMassTransit(bus =>
        {
            bus.ConfigureHealthCheckOptions(health => health.Tags.UnionWith([HealthTagReady, HealthTag]));
            bus.UsingInMemory((context, configurator) =>
            {
                foreach (var queue in context.GetServices<EventSubscription>().GroupBy(subscription => subscription.Queue))
                    configurator.ReceiveEndpoint(queue.Key, endpoint => Connect(endpoint, queue, options, context));
            });
        });
    }

    private static void AddRabbitMq(IServiceCollection services, MessagingOptions options)
    {
        services.AddSingleton<ConsumerGate>();
        services.AddSingleton<BrokerWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<BrokerWatch>());
        services.AddHealthChecks().AddCheck<BrokerWatch>("broker", tags: [HealthTag]);
        // A broker that is away stops no process: it starts, takes calls and keeps its events.
        services.Configure<MassTransitHostOptions>(host => (host.WaitUntilStarted, host.StopTimeout) = (false, BusStopTimeout));
        services.AddMassTransit(bus =>
        {
            // Its endpoints are up later than the broker; what tells of the broker is the watch.
            bus.ConfigureHealthCheckOptions(health => health.Tags.Add(HealthTagBus));
            bus.UsingRabbitMq((context, configurator) => RabbitMqBus.Configure(configurator, context, options));
        });
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
