using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Leasing;

namespace OrderTracking.Host;

/// <summary>
/// Gives back, before any work begins, what processes that ended without a word still have: the Host has its data directory to itself, so
/// nobody else is alive there. Elsewhere leases run out.
/// </summary>
internal sealed class LeasesOfTheDead(IEnumerable<Db> databases) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var database in databases)
            await database.Write(Leases.ReleaseAll, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
