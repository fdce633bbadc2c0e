using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>Ready is who could commit now: every database is migrated and gives its writer a turn.</summary>
internal sealed class DatabasesReady(IEnumerable<Db> databases, IServiceProvider services) : IHealthCheck
{
    // With the period of the checks a watcher hears of it within five seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (databases.Any() && !services.GetRequiredService<DatabaseMigration>().IsDone)
            return HealthCheckResult.Unhealthy("The databases are not migrated yet.");
        var silent = (await Task.WhenAll(databases.Select(database => Ask(database, cancellationToken)))).OfType<string>().ToList();
        return silent.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Join("; ", silent));
    }

    // Null: it answered. The empty transaction writes nothing, but it has to be let in as any other.
    private static async Task<string?> Ask(Db database, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await database.Write(_ => Task.CompletedTask, patience.Token, validateOnly: true).WaitAsync(patience.Token);
            return null;
        }
        catch (Refusal full) when (full.Reason == BuildingReasons.StorageQueueFull)
        {
            // Busy is not away: refusing all its callers would not make it any less so.
            return null;
        }
        catch (Exception error)
        {
            return $"The database {database.Name} takes no transaction: {error.Message}";
        }
    }
}
