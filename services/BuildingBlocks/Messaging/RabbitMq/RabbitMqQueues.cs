using OrderTracking.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>
/// The queues, declared one after another before the bus connects. The bus declares each of them on several channels at once, and of two that create
/// the same quorum queue at the same moment one may wait for good: its consumer would never be attached. The broker takes what one channel
/// asks in order, so only the last of it is answered: over a slow network each answer costs a way there and back. What cannot be done closes the
/// channel, and the last one tells of it.
/// </summary>
internal static class RabbitMqQueues
{
    public const string Error = "_error";
    public const string Skipped = "_skipped";

    // RabbitMQ 4 drops a message after 20 deliveries unless told otherwise; an event is given up by our tables only.
    public const string DeliveryLimit = "x-delivery-limit";

    // One process at a time: an exclusive queue is another's until its connection ends, however it ends.
    private const string Turn = "declaring";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>The exchange of an event, called as the event is in the outbox, whatever a namespace is called one day.</summary>
    public static string ExchangeOf(string prefix, string eventName) => prefix + eventName;

    /// <summary>
    /// Makes the exchange of every event and binds to it the queues of those who take it: what is published before a service ever ran would
    /// be confirmed by the broker and be nowhere.
    /// </summary>
    /// <param name="channel">To the broker, which has the queues.</param>
    /// <param name="prefix">Of all names.</param>
    /// <param name="cancellation">The process stops.</param>
    public static async Task Bind(IChannel channel, string prefix, CancellationToken cancellation)
    {
        foreach (var name in EventTypes.ByName.Keys)
            await channel.ExchangeDeclareAsync(
                ExchangeOf(prefix, name), ExchangeType.Fanout, durable: true, noWait: true, cancellationToken: cancellation);
        var bindings = EventQueues.ByQueue
            .SelectMany(queue => queue.Value.Select(type => (Queue: prefix + queue.Key, Exchange: ExchangeOf(prefix, EventTypes.NameOf(type)))))
            .ToList();
        foreach (var (queue, exchange) in bindings.SkipLast(1))
            await channel.QueueBindAsync(queue, exchange, routingKey: "", noWait: true, cancellationToken: cancellation);
        await channel.QueueBindAsync(bindings[^1].Queue, bindings[^1].Exchange, routingKey: "", cancellationToken: cancellation);
    }

    /// <summary>Makes the queues that are missing, while no other process of the prefix does.</summary>
    /// <param name="connection">To the broker.</param>
    /// <param name="prefix">Of all names.</param>
    /// <param name="own">The queues this process takes events from.</param>
    /// <param name="cancellation">The process stops.</param>
    public static async Task Declare(IConnection connection, string prefix, IReadOnlyList<string> own, CancellationToken cancellation)
    {
        await using var channel = await TakeTurn(connection, prefix + Turn, cancellation);
        var names = EventQueues.ByQueue.Keys.Concat(own).Concat(own.SelectMany(queue => (string[])[queue + Error, queue + Skipped]));
        foreach (var name in names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            await channel.QueueDeclareAsync(
                prefix + name,
                durable: true,
                exclusive: false,
                autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum", [DeliveryLimit] = int.MaxValue },
                noWait: true,
                cancellationToken: cancellation);

        // Answered when all of them are there: the turn is not another's before.
        await channel.QueueDeleteAsync(prefix + Turn, cancellationToken: cancellation);
    }

    private static async Task<IChannel> TakeTurn(IConnection connection, string name, CancellationToken cancellation)
    {
        while (true)
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            try
            {
                await channel.QueueDeclareAsync(name, durable: false, exclusive: true, autoDelete: false, cancellationToken: cancellation);
                return channel;
            }
            catch (OperationInterruptedException taken) when (taken.ShutdownReason?.ReplyCode == Constants.ResourceLocked)
            {
                await channel.DisposeAsync();
            }

            await Task.Delay(Look, TimeProvider.System, cancellation);
        }
    }
}
