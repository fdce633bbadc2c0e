namespace OrderTracking.OrderService.Timeline;

/// <summary>
/// Wakes those who watch in this process when another one has recorded something: commits there signal nobody here. What it wakes them for
/// they read themselves, so a look too many sends nothing twice.
/// </summary>
internal sealed class HearOtherProcesses(OrdersDb db, OrderSignals signals, ILogger<HearOtherProcesses> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(OrderLimits.WatchLookMilliseconds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // By the wall clock: a simulated one may stand still.
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        long? heard = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                heard = await Look(heard, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.OthersNotHeard(logger, error);
            }
        }
    }

    // Who begins to watch reads what there is: only what comes later is to be heard of.
    private async Task<long> Look(long? heard, CancellationToken stopping)
    {
        if (heard is not { } last || !signals.HasWatchers)
            return await db.Read(TimelineStore.Last, stopping);
        while (true)
        {
            var after = last;
            var places = await db.Read(tx => TimelineStore.PlacesAfter(tx, after, OrderLimits.WatchLookEntriesMax), stopping);
            foreach (var orderId in places.Select(place => place.OrderId).Distinct())
                signals.Signal(orderId);
            last = places.Count == 0 ? last : places[^1].Seq;
            if (places.Count < OrderLimits.WatchLookEntriesMax)
                return last;
        }
    }
}
