using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>
/// Brings an event to a handler, once in effect. Nothing is acknowledged before its effect, or the row that will bring it again,
/// is durable.
/// </summary>
internal sealed class Delivery(IServiceProvider services, AcknowledgementLedger ledger, MessagingOptions options, ILogger<Delivery> logger)
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>Takes an event from the bus. Never throws: what cannot be made durable now is published again later.</summary>
    public async Task Take(EventSubscription subscription, Db database, OutboxMessage message)
    {
        using var activity = message.Trace.StartConsumer(subscription.Consumer);
        try
        {
            var failure = await TryApply(subscription, database, message);
            if (failure is not null)
                await database.Write(tx => Redeliveries.Schedule(tx, message, subscription.Consumer, options, Clock.GetUtcNow(), failure));
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
            await subscription.Apply(services, tx, message);
        await also(tx);
    });

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
