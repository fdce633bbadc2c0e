using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Compliance;
using OrderTracking.OrderService;
using OrderTracking.TestKit.Brokers;
using RabbitMQ.Client;

namespace OrderTracking.Benchmarks.Relaying;

/// <summary>The product: a process' outbox on a file of its own and the relay of it, on the broker. The event is one that a single queue takes.</summary>
internal sealed class RelayedOutbox : IAsyncDisposable
{
    /// <summary>Events of one commit: as many as the hand-over from writer to relay holds.</summary>
    public const int Batch = 10_000;

    private const string Queue = "orders";
    private const int Senders = 64;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);
    private readonly string _directory = Directory.CreateTempSubdirectory("ordertracking-relay-").FullName;
    private readonly string _prefix = TestBroker.NewPrefix();
    private readonly IHost _host;
    private readonly OrdersDb _db;
    private readonly IConnection _connection;

    private RelayedOutbox(TestBroker broker, IConnection connection)
    {
        _connection = connection;
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(broker.Settings(_prefix));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new StorageOptions { DataDirectory = _directory });
        builder.Services.AddDb<OrdersDb>("orders");
        builder.Services.AddMessaging(MessagingOptions.From(builder.Configuration));
        _host = builder.Build();
        _db = _host.Services.GetRequiredService<OrdersDb>();
    }

    public static async Task<RelayedOutbox> Start(TestBroker broker)
    {
        var outbox = new RelayedOutbox(broker, await broker.Connect());
        await outbox._host.StartAsync();
        await outbox.Commit(1);
        await outbox.NoneIsLeft();
        return outbox;
    }

    public static HoldOpened NewEvent() => new(
        Guid.CreateVersion7(),
        TimeProvider.System.GetUtcNow(),
        "system:compliance",
        Guid.CreateVersion7(),
        Guid.CreateVersion7(),
        Guid.CreateVersion7(),
        "PERFORMANCE_THRESHOLD",
        "Total processing performance 5,012 is at least 4,800 for a destination in country group D:5.");

    /// <summary>A message as the relay published it.</summary>
    public async Task<(IReadOnlyBasicProperties Properties, byte[] Body)> OneMessage()
    {
        await using var channel = await _connection.CreateChannelAsync();
        var message = await channel.BasicGetAsync(_prefix + Queue, autoAck: true)
            ?? throw new InvalidOperationException("What the relay published is not in its queue.");
        return (message.BasicProperties, message.Body.ToArray());
    }

    /// <summary>Events in a second, from the commit that sends them until every row is marked.</summary>
    public async Task<double> Publish(TimeSpan span)
    {
        var (published, taken) = (0L, TimeSpan.Zero);
        while (taken < span)
        {
            var committing = 0L;
            await _db.Write(async tx =>
            {
                await Add(tx, Batch);
                committing = Stopwatch.GetTimestamp();
            });
            await NoneIsLeft();
            taken += Stopwatch.GetElapsedTime(committing);
            published += Batch;
            await Purge();
        }

        return published / taken.TotalSeconds;
    }

    /// <summary>Many callers commit an event each, again and again; then they stop.</summary>
    public async Task<double> SecondsUntilNoneIsLeft(TimeSpan span)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < span)
                await Commit(1);
        }));
        var idle = Stopwatch.GetTimestamp();
        await NoneIsLeft();
        var left = Stopwatch.GetElapsedTime(idle).TotalSeconds;
        await Purge();
        return left;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        await _connection.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private Task Commit(int events) => _db.Write(tx => Add(tx, events));

    private static async Task Add(Tx tx, int events)
    {
        for (var number = 0; number < events; number++)
        {
            var opened = NewEvent();
            await Outbox.Add(tx, opened.EventId, opened, opened.EventTime);
        }
    }

    private async Task NoneIsLeft()
    {
        while (await _db.Read(tx => tx.Scalar<long>("select exists (select 1 from outbox where published_at is null)")) != 0)
            await Task.Delay(Look);
    }

    private async Task Purge()
    {
        await using var channel = await _connection.CreateChannelAsync();
        await channel.QueuePurgeAsync(_prefix + Queue);
    }
}
