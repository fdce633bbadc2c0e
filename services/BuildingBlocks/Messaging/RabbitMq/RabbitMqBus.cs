using System.Globalization;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Contracts;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>The bus on RabbitMQ: durable exchanges, a quorum queue a service, one more for what could not be read.</summary>
internal static class RabbitMqBus
{
    private const ushort BrokenMessagesPrefetch = 16;

    public static void Configure(IRabbitMqBusFactoryConfigurator bus, IServiceProvider services, MessagingOptions options)
    {
        var broker = options.RabbitMq;
        Connect(bus, services, broker);
        bus.MessageTopology.SetEntityNameFormatter(new ExchangeNames(broker.Prefix));
        var subscriptions = services.GetServices<EventSubscription>().ToList();
        foreach (var queue in subscriptions.GroupBy(subscription => subscription.Queue, StringComparer.Ordinal))
        {
            bus.ReceiveEndpoint(broker.Prefix + queue.Key, endpoint => Consume(endpoint, queue, broker, services));
            foreach (var suffix in (string[])[RabbitMqQueues.Error, RabbitMqQueues.Skipped])
                bus.ReceiveEndpoint(broker.Prefix + queue.Key + suffix, endpoint => Collect(endpoint, queue.First(), services));
        }
    }

    private static void Connect(IRabbitMqBusFactoryConfigurator bus, IServiceProvider services, RabbitMqOptions broker)
    {
        var watch = services.GetRequiredService<BrokerWatch>();
        var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
        bus.Host(broker.Host, checked((ushort)broker.Port), broker.VirtualHost, name, host =>
        {
            host.Heartbeat(broker.Heartbeat);
            host.PublisherConfirmation = true;
            host.OnRefreshConnectionFactory = async factory =>
            {
                await watch.Up();
                RabbitMqTls.Refresh(factory, broker);
            };
        });
    }

    private static void Consume(
        IRabbitMqReceiveEndpointConfigurator endpoint, IEnumerable<EventSubscription> subscriptions, RabbitMqOptions broker, IServiceProvider services)
    {
        Quorum(endpoint);
        endpoint.PrefetchCount = broker.PrefetchMax;
        endpoint.ConcurrentMessageLimit = broker.PrefetchMax;
        // Nobody takes a fault: what failed is in the tables.
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(pipe =>
        {
            pipe.UseFilter(new GiveBack());
            // What is configured stands in place of the bus' own way to the error queue, so that way is named again.
            pipe.UseFilter(new ErrorTransportFilter());
        });
        foreach (var subscription in subscriptions)
            subscription.Connect(endpoint, services);
    }

    private static void Collect(IRabbitMqReceiveEndpointConfigurator endpoint, EventSubscription subscription, IServiceProvider services)
    {
        Quorum(endpoint);
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = BrokenMessagesPrefetch;
        endpoint.PublishFaults = false;
        var database = (Db)services.GetRequiredService(subscription.Database);
        var filter = ActivatorUtilities.CreateInstance<BrokenMessages>(services, database, subscription.Queue);
        endpoint.ConfigureReceive(pipe => pipe.UseFilter(filter));
    }

    private static void Quorum(IRabbitMqQueueConfigurator queue)
    {
        queue.Durable = true;
        queue.SetQuorumQueue();
        queue.SetQueueArgument(RabbitMqQueues.DeliveryLimit, int.MaxValue);
    }

    private sealed class ExchangeNames(string prefix) : IEntityNameFormatter
    {
        public string FormatEntityName<T>() =>
            EventTypes.IsEvent(typeof(T)) ? RabbitMqQueues.ExchangeOf(prefix, EventTypes.NameOf(typeof(T))) : $"{prefix}{typeof(T)}";
    }
}
