using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService;

/// <summary>Loads the rules after the database is migrated and before anything serves or consumes. Rules that do not parse stop the start.</summary>
internal sealed class LoadKnowledge(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => RegistersModule.Start(services, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
