using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging.RabbitMq;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>
/// Brings an event to a handler, once in effect. Nothing is acknowledged before its effect, or the row that will bring it again,
/// is durable.
/// </summary>
internal sealed class Delivery(IServiceProvider services, AcknowledgementLedger ledger, MessagingOptions options, ILogger<Delivery> logger)
{
    private static readonly TimeProvider Clock = MicrosecondClock.Machine;

    // What events are dated by.
    private readonly TimeProvider _clock = services.GetRequiredService<TimeProvider>();

    // Null on the in-memory transport, where the relay publishes again what was not acknowledged.
    private readonly ConsumerGate? _gate = services.GetService<ConsumerGate>();

    /// <summary>Takes an event from the bus. It returns when the event is durable here, or, in memory, will be published again.</summary>
    /// <exception cref="OperationCanceledException">The broker is to keep the message and deliver it again.</exception>
    public async Task Take(EventSubscription subscription, Db database, OutboxMessage message)
    {
        if (_gate is not null)
        {
            await _gate.UntilDurable(
                () => Keep(subscription, database, message),
                error => Log.Held(logger, error, message.EventId, subscription.Consumer));
            return;
        }

        try
        {
            await Keep(subscription, database, message);
            ledger.Acknowledge(message.EventId, subscription.Consumer);
        }
        catch (Exception error)
        {
            Log.NotAcknowledged(logger, error, message.EventId, subscription.Consumer);
        }
    }

    /// <summary>Applies the event and, in the same transaction, whatever <paramref name="also"/> does.</summary>
    public Task Apply(EventSubscription subscription, Db database, OutboxMessage message, Func<Tx, Task> also) => database.Write(async tx =>
    {
        if (await Inbox.TryTake(tx, message.EventId, subscription.Consumer, Clock.GetUtcNow()))
        {
            await subscription.Apply(services, tx, message);
            tx.AfterCommit(() => MessageMetrics.Taken(subscription.Consumer, _clock.GetUtcNow() - message.SentTime));
        }
        else
        {
            tx.AfterCommit(() => MessageMetrics.Repeated(subscription.Consumer));
        }

        await also(tx);
    });

    private async Task Keep(EventSubscription subscription, Db database, OutboxMessage message)
    {
        using var activity = message.Trace.StartConsumer(subscription.Consumer);
        var failure = await TryApply(subscription, database, message);
        if (failure is not null)
            await database.Write(tx => Redeliveries.Schedule(tx, message, subscription.Consumer, options, Clock.GetUtcNow(), failure));
    }

    private async Task<Exception?> TryApply(EventSubscription subscription, Db database, OutboxMessage message)
    {
        Exception? failure = null;
        for (var attempt = 1; attempt <= options.ImmediateAttempts; attempt++)
        {
            try
            {
                await Apply(subscription, database, message, _ => Task.CompletedTask);
                return null;
            }
            catch (Exception error)
            {
                failure = error;
                Log.HandlerFailed(logger, error, message.EventId, subscription.Consumer, attempt);
            }
        }

        return failure;
    }
}
