using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>
/// Starts relays and redeliveries when everything else has started, and stops them before anything else stops. What consumers
/// commit while the bus ends is still marked.
/// </summary>
internal sealed class MessageLoops(
    IEnumerable<Db> databases,
    IEnumerable<EventSubscription> subscriptions,
    IBus bus,
    AcknowledgementLedger ledger,
    Delivery delivery,
    MessagingOptions options,
    ILogger<MessageLoops> logger) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Relay> _relays = [];
    private readonly List<Task> _loops = [];
    private readonly List<Task> _marking = [];

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var consumersByEvent = subscriptions.ToLookup(subscription => subscription.EventName, subscription => subscription.Consumer);
        foreach (var database in databases)
        {
            var relay = new Relay(database, bus, consumersByEvent, ledger, options, logger);
            var own = subscriptions.Where(subscription => subscription.Database == database.GetType())
                .DistinctBy(subscription => subscription.Consumer)
                .ToDictionary(subscription => subscription.Consumer, StringComparer.Ordinal);
            var redelivery = new RedeliveryLoop(database, own, delivery, options, logger);
            _relays.Add(relay);
            _marking.Add(Task.Run(relay.Mark, CancellationToken.None));
            _loops.Add(Task.Run(() => relay.Publish(_stopping.Token), CancellationToken.None));
            _loops.Add(Task.Run(() => relay.Prune(_stopping.Token), CancellationToken.None));
            _loops.Add(Task.Run(() => redelivery.Run(_stopping.Token), CancellationToken.None));
        }

        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var relay in _relays)
            relay.Complete();
        await Task.WhenAll(_marking).WaitAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _stopping.Dispose();
        _relays.ForEach(relay => relay.Dispose());
    }
}
