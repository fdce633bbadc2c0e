using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>Brings the failed events of one database to their handlers again when they are due.</summary>
internal sealed class RedeliveryLoop(
    Db database, IReadOnlyDictionary<string, EventSubscription> subscriptions, Delivery delivery, MessagingOptions options, ILogger logger)
{
    private const int RowsMax = 100;

    // A process that ends in between leaves its rows for the next round after this time.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeProvider Clock = MicrosecondClock.Machine;

    public async Task Run(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.RedeliveryInterval, Clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                foreach (var row in await Claim(stopping))
                    await Redeliver(row);
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                Log.LoopFailed(logger, error, database.Name);
            }
        }
    }

    private async Task<IReadOnlyList<Redeliveries.Row>> Claim(CancellationToken stopping)
    {
        var due = await database.Read(tx => Redeliveries.Due(tx, Clock.GetUtcNow(), RowsMax), stopping);
        return due.Count == 0 ? due : await database.Write(tx => Redeliveries.ClaimAll(tx, due, Clock.GetUtcNow(), Lease), stopping);
    }

    private async Task Redeliver(Redeliveries.Row row)
    {
        using var activity = row.Trace.StartConsumer(row.Consumer);
        try
        {
            if (!subscriptions.TryGetValue(row.Consumer, out var subscription))
                throw new InvalidOperationException($"No consumer is called {row.Consumer}.");
            await delivery.Apply(subscription, database, row, tx => Redeliveries.Remove(tx, row, Clock.GetUtcNow()));
        }
        catch (Exception failure)
        {
            Log.HandlerFailed(logger, failure, row.EventId, row.Consumer, row.Attempts + 1);
            await database.Write(tx => Redeliveries.Postponed(tx, row, options, Clock.GetUtcNow(), failure));
        }
    }
}
