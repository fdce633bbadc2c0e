using Microsoft.Extensions.Hosting;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>Migrates every database before any hosted service (the bus, relays, the server, background work) starts.</summary>
internal sealed class DatabaseMigration(IEnumerable<Db> databases) : IHostedLifecycleService
{
    /// <summary>True when every database is up to date.</summary>
    public bool IsDone { get; private set; }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var database in databases)
            await database.Migrate(cancellationToken);
        IsDone = true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
