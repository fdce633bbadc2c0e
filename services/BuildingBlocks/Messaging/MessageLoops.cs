using System.Globalization;
using System.Security.Cryptography;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging.RabbitMq;

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
    IServiceProvider services,
    MessagingOptions options,
    ILogger<MessageLoops> logger) : IHostedLifecycleService, IDisposable
{
    private const int ClaimantCharactersMax = 64;
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(8);
    private readonly string _claimant = NewClaimant();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Relay> _relays = [];
    private readonly List<Task> _loops = [];
    private readonly Dictionary<Relay, Task> _marking = [];

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var consumersByEvent = subscriptions.ToLookup(subscription => subscription.EventName, subscription => subscription.Consumer);
        foreach (var database in databases)
        {
            var relay = NewRelay(database, consumersByEvent);
            var own = subscriptions.Where(subscription => subscription.Database == database.GetType())
                .DistinctBy(subscription => subscription.Consumer)
                .ToDictionary(subscription => subscription.Consumer, StringComparer.Ordinal);
            var redelivery = new RedeliveryLoop(database, own, delivery, options, logger);
            _relays.Add(relay);
            _marking.Add(relay, Task.Run(relay.Mark, CancellationToken.None));
            _loops.Add(Task.Run(() => relay.Publish(_stopping.Token), CancellationToken.None));
            _loops.Add(Task.Run(() => relay.Prune(_stopping.Token), CancellationToken.None));
            _loops.Add(Task.Run(() => redelivery.Run(_stopping.Token), CancellationToken.None));
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => options.UsesBroker ? Task.CompletedTask : StopLoops();

    /// <summary>After the server has answered its last call and before the bus ends: what is committed is published if the broker is there.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!options.UsesBroker)
            return;
        var gate = services.GetRequiredService<ConsumerGate>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(DrainMax);
        try
        {
            await gate.Idle(patience.Token);
            await Task.WhenAll(_relays.Select(relay => relay.Drain(patience.Token)));
        }
        catch (OperationCanceledException)
        {
            // What is not published now waits in its outbox for the next process.
        }

        await StopLoops();
        gate.Close();
        await Task.WhenAll(_relays.Select(relay => Release(relay, cancellationToken)));
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var relay in _relays)
            relay.Complete();
        await Task.WhenAll(_marking.Values).WaitAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        // A host that did not start is not stopped.
        _stopping.Cancel();
        _stopping.Dispose();
        _relays.ForEach(relay => relay.Dispose());
    }

    private Relay NewRelay(Db database, ILookup<string, string> consumersByEvent)
    {
        if (!options.UsesBroker)
            return new InMemoryRelay(database, bus, consumersByEvent, ledger, options, logger);
        var relay = new BrokerRelay(database, services.GetRequiredService<BrokerWatch>(), options, logger);
        relay.Open(_claimant);
        return relay;
    }

    private async Task StopLoops()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Release(Relay relay, CancellationToken cancellation)
    {
        try
        {
            await relay.Close();
            relay.Complete();
            await _marking[relay].WaitAsync(cancellation);
            await relay.Release();
        }
        catch (Exception error)
        {
            // The claims end by themselves.
            Log.ClaimsKept(logger, error);
        }
    }

    // Unlike any other process, also one of an earlier start, and told from the others by a reader.
    private static string NewClaimant()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}:{RandomNumberGenerator.GetHexString(12, lowercase: true)}:{Environment.MachineName}");
        return name[..Math.Min(name.Length, ClaimantCharactersMax)];
    }
}
