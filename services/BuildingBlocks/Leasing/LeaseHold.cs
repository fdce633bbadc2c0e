using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Leasing;

/// <summary>Keeps a lease while work runs under it.</summary>
public static class LeaseHold
{
    private const int RenewalsPerDuration = 3;
    private static readonly TimeProvider Clock = MicrosecondClock.Machine;

    /// <summary>
    /// Runs <paramref name="work"/> and renews its lease meanwhile. The work's token ends with the lease, be it lost or not renewed in time,
    /// and with <paramref name="stopping"/>. The lease is not given back.
    /// </summary>
    /// <param name="db">The database of the lease.</param>
    /// <param name="lease">As it was taken.</param>
    /// <param name="work">Compares the fence in its transactions: its token alone may come too late.</param>
    /// <param name="logger">Takes failed renewals.</param>
    /// <param name="stopping">Ends the work as well.</param>
    public static async Task<T> Run<T>(
        Db db, Lease lease, Func<CancellationToken, Task<T>> work, ILogger logger, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var renewing = new CancellationTokenSource();
        ending.CancelAfter(db.Leases.Options.Duration);
        var renewal = Renew(db, lease, ending, logger, renewing.Token);
        try
        {
            return await work(ending.Token);
        }
        finally
        {
            await renewing.CancelAsync();
            await renewal;
        }
    }

    private static async Task Renew(Db db, Lease lease, CancellationTokenSource ending, ILogger logger, CancellationToken renewing)
    {
        using var timer = new PeriodicTimer(db.Leases.Options.Duration / RenewalsPerDuration, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(renewing))
            {
                var asked = Clock.GetTimestamp();
                if (!await RenewOnce(db, lease, logger, renewing))
                    continue;
                // Counted from before the writing: the end in the row lies after it.
                var left = db.Leases.Options.Duration - Clock.GetElapsedTime(asked);
                ending.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
        }
        catch (OperationCanceledException) when (renewing.IsCancellationRequested)
        {
            // The work has ended.
        }
        catch (OperationCanceledException)
        {
            await ending.CancelAsync();
        }
    }

    /// <returns>False where it is not known; tried again in a third of the duration.</returns>
    /// <exception cref="OperationCanceledException">The lease was lost.</exception>
    private static async Task<bool> RenewOnce(Db db, Lease lease, ILogger logger, CancellationToken renewing)
    {
        try
        {
            if (await db.Write(tx => db.Leases.Renew(tx, lease), renewing))
                return true;
        }
#pragma warning disable CA1031 // Whatever it was: the work goes on until the end that was last written, and by the fence in any case.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.RenewalFailed(logger, error, lease.Name);
            return false;
        }

        Log.LeaseLost(logger, lease.Name, lease.Fence);
        throw new OperationCanceledException($"Another process has the lease '{lease.Name}'.");
    }
}
