namespace OrderTracking.ShipmentService.Watching;

/// <summary>
/// Wakes those who watch in this process when another one has changed something: commits there signal nobody here. What it wakes them for
/// they read themselves, so a look too many sends nothing twice.
/// </summary>
internal sealed class HearOtherProcesses(ShipmentsDb db, ChangeSignal signal, ILogger<HearOtherProcesses> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // By the wall clock: a simulated one may stand still.
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        var heard = 0L;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var last = await db.Read(ChangeLog.Last, stoppingToken);
                if (last > heard)
                    signal.Wake();
                heard = last;
            }
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.OthersNotHeard(logger, error);
            }
        }
    }
}
