using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Messaging.DeadLetters;
using OrderTracking.Contracts.Compliance;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

/// <summary>A process with one database and a bus, and what its handlers are told to do.</summary>
public sealed class BusHost : IAsyncDisposable
{
    /// <summary>Fewer than most tests send, so that they pass through a full window.</summary>
    public const int UnacknowledgedMax = 50;

    private readonly IHost _host;

    private BusHost(IHost host) => _host = host;

    public ThingsDb Db => _host.Services.GetRequiredService<ThingsDb>();

    internal ReadDeadLetters DeadLetters => _host.Services.GetRequiredService<ReadDeadLetters>();

    internal SettleDeadLetter Settle => _host.Services.GetRequiredService<SettleDeadLetter>();

    public static async Task<BusHost> Start(
        TemporaryDirectory directory, Script script, MessagingOptions transport, Action<IServiceCollection>? subscribe = null, TimeSpan? sweepInterval = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(script).AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new StorageOptions { DataDirectory = directory.Path });
        builder.Services.AddDb<ThingsDb>("things");
        builder.Services.AddMessaging(transport with
        {
            UnacknowledgedEventsMax = UnacknowledgedMax,
            AcknowledgeTimeout = TimeSpan.FromMilliseconds(300),
            SweepInterval = sweepInterval ?? TimeSpan.FromMilliseconds(100),
            RedeliveryInterval = TimeSpan.FromMilliseconds(50),
            RedeliveryDelays = [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20)],
        });
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("OrderTracking"));
        (subscribe ?? SubscribeBoth)(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new BusHost(host);
    }

    public static void SubscribeBoth(IServiceCollection services)
    {
        services.AddEventHandler<AmendmentPublished, FirstHandler, ThingsDb>("first");
        services.AddEventHandler<AmendmentPublished, SecondHandler, ThingsDb>("second");
    }

    public static void SubscribeNone(IServiceCollection services)
    {
    }

    public static AmendmentPublished NewEvent() =>
        new(Ids.Next(), TimeProvider.System.GetUtcNow(), "tester", "RULE", "1", "digest");

    public Task Send(AmendmentPublished published) =>
        Db.Write(tx => Outbox.Add(tx, published.EventId, published, published.EventTime));

    public Task<long> Effects(string consumer) =>
        Db.Read(tx => tx.Scalar<long>("select count(*) from taken where consumer = @consumer", new { consumer }));

    public Task<long> Unpublished() => Db.Read(tx => tx.Scalar<long>("select count(*) from outbox where published_at is null"));

    /// <summary>What the named health service "messaging" is answered from.</summary>
    public async Task<bool> EventsTravel()
    {
        var health = _host.Services.GetRequiredService<HealthCheckService>();
        var report = await health.CheckHealthAsync(check => check.Tags.Contains(EventBus.HealthTag));
        return report.Status == HealthStatus.Healthy;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        // Disposes the database too, as it was made by the container.
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}

/// <summary>What the handlers of a test do, by their names.</summary>
public sealed class Script
{
    public Func<string, int, bool> Fails { get; init; } = (_, _) => false;

    public int Calls => _calls.Values.Sum();

    private readonly System.Collections.Concurrent.ConcurrentDictionary<(string, Guid), int> _calls = new();

    public int Next(string consumer, Guid eventId) => _calls.AddOrUpdate((consumer, eventId), 1, (_, calls) => calls + 1);
}

public sealed class FirstHandler(Script script) : IEventHandler<AmendmentPublished>
{
    public Task Handle(Tx tx, AmendmentPublished @event, EventContext context) => Handlers.Take(script, "first", tx, @event, context);
}

public sealed class SecondHandler(Script script) : IEventHandler<AmendmentPublished>
{
    public Task Handle(Tx tx, AmendmentPublished @event, EventContext context) => Handlers.Take(script, "second", tx, @event, context);
}

internal static class Handlers
{
    private const string Insert = "insert into taken (consumer, event_id, trace_id, baggage) values (@consumer, @EventId, @traceId, @baggage)";

    public static async Task Take(Script script, string consumer, Tx tx, AmendmentPublished published, EventContext context)
    {
        Assert.Equal(published.EventId, context.EventId);
        Assert.Equal(published.EventTime, context.SentTime);
        var traceId = System.Diagnostics.Activity.Current?.TraceId.ToString();
        var baggage = System.Diagnostics.Activity.Current?.GetBaggageItem("tenant");
        await tx.Execute(Insert, new { consumer, context.EventId, traceId, baggage });
        // After the effect: what is to be proved is that the effect is rolled back with the failure.
        if (script.Fails(consumer, script.Next(consumer, context.EventId)))
            throw new InvalidOperationException("as told");
    }
}
