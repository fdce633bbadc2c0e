using Microsoft.Extensions.Hosting;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>
/// Before any hosted service (the bus, relays, the server, background work) starts, migrates every file and looks whether every
/// database of a server was migrated: there a step of its own does it, once for all replicas.
/// </summary>
internal sealed class DatabaseMigration(IEnumerable<Db> databases) : IHostedLifecycleService
{
    /// <summary>True when every database is up to date.</summary>
    public bool IsDone { get; private set; }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var database in databases)
            await (database.IsOfServer ? database.CheckSchema(cancellationToken) : database.Migrate(cancellationToken));
        IsDone = true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
