using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>
/// Claims jobs of one database and runs them, a few at a time. What it knows is in the database: after a kill another process, or the
/// same one started again, claims them when their lease is over and goes on from their checkpoints.
/// </summary>
internal sealed class JobRunner<TDb>(
    TDb db, JobKinds<TDb> kinds, JobSignal<TDb> signal, JobOptions options, TimeProvider clock, ILogger<JobRunner<TDb>> logger)
    : BackgroundService
    where TDb : Db
{
    // Leases are about processes, not about business: a clock that a test or the demo sets must not end them.
    private static readonly TimeProvider LeaseClock = MicrosecondClock.Machine;
    private readonly List<Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StartClaimable(stoppingToken);
                await signal.Wait(options.LookInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever went wrong, the next look is a moment away; a runner that ended would leave work waiting for ever.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Log.LookFailed(logger, error, db.Name);
                await Task.Delay(options.LookInterval, LeaseClock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task StartClaimable(CancellationToken stopping)
    {
        _running.RemoveAll(task => task.IsCompleted);
        var free = options.RunningMax - _running.Count;
        if (free <= 0)
            return;
        foreach (var id in await db.Read(tx => JobStore.Claimable(tx, LeaseClock.GetUtcNow(), free), stopping))
        {
            var row = await db.Write(
                tx => JobStore.Claim(tx, id, LeaseClock.GetUtcNow(), options.Lease, clock.GetUtcNow()), stopping);
            if (row is not null)
                _running.Add(Task.Run(() => Work(row, stopping), CancellationToken.None));
        }
    }

    private async Task Work(JobRow row, CancellationToken stopping)
    {
        using var activity = row.Trace.StartConsumer("jobs." + row.Kind);
        var execution = new JobExecution<TDb>(db, kinds.Find(row.Kind), row, signal, options, clock, logger);
        try
        {
            await execution.Run(stopping);
        }
#pragma warning disable CA1031 // The end could not be stored: the lease runs out, and the job is claimed again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.EndFailed(logger, error, row.Kind, row.Id);
        }
        finally
        {
            signal.Wake();
        }
    }
}
