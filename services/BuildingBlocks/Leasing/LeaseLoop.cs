using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Leasing;

/// <summary>
/// Runs work in one process of all that share a database: in the one that has the lease, until the process stops or the lease is lost.
/// After a kill another process takes it over when it has run out; a process that stops in order gives it back.
/// </summary>
/// <param name="db">The database of the lease.</param>
/// <param name="name">The work's name in that database.</param>
/// <param name="logger">Takes what goes wrong; nothing ends the loop.</param>
public sealed class LeaseLoop(Db db, string name, ILogger logger)
{
    private volatile Lease? _held;

    /// <summary>The lease while this process has it. A hint only: transactions ask for the fence.</summary>
    public Lease? Held => _held;

    /// <summary>Runs until the process stops.</summary>
    /// <param name="work">
    /// Runs while the lease is held; its token ends when it must stop. Its transactions begin with <see cref="Leases.Require"/>. Run again
    /// whenever the lease is taken, and a moment after it failed.
    /// </param>
    /// <param name="stopping">Ends the loop.</param>
    public async Task Run(Func<Lease, CancellationToken, Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await TryTake(stopping) is { } lease)
                    await Hold(lease, work, stopping);
            }
            catch (OperationCanceledException)
            {
                // Stopped, or lost to another process: then it is looked at again like any lease.
            }
#pragma warning disable CA1031 // Whatever went wrong, the next look is a moment away; a loop that ended would leave the work undone.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Log.WorkFailed(logger, error, name);
            }

            await Task.Delay(db.Leases.Options.LookInterval, TimeProvider.System, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Lease?> TryTake(CancellationToken stopping) =>
        await db.Read(tx => db.Leases.IsFree(tx, name), stopping)
            ? await db.Write(tx => db.Leases.TryTake(tx, name), stopping)
            : null;

    private async Task Hold(Lease lease, Func<Lease, CancellationToken, Task> work, CancellationToken stopping)
    {
        Log.LeaseTaken(logger, lease.Name, lease.Fence);
        _held = lease;
        try
        {
            await LeaseHold.Run<object?>(db, lease, async ending => await Done(work(lease, ending)), logger, stopping);
        }
        finally
        {
            _held = null;
            // Not cancelled with the process: who waits for it need not wait for its end.
            await db.Write(tx => Leases.Release(tx, lease), CancellationToken.None);
        }
    }

    private static async Task<object?> Done(Task work)
    {
        await work;
        return null;
    }
}
