using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Compliance;
using OrderTracking.OrderService;
using OrderTracking.TestKit.Brokers;
using RabbitMQ.Client;

namespace OrderTracking.Benchmarks.Relaying;

/// <summary>
/// The peer: the relay as it is written first. It asks the table for the oldest rows, publishes one after another through MassTransit, waits
/// for the broker each time and marks each row by a statement and a transaction of its own.
/// </summary>
internal sealed class NaiveRelay : IAsyncDisposable
{
    private const int PageRows = 100;
    private const int Refill = 10_000;
    private const string Queue = "naive";

    private const string Select = "select event_id as EventId, body as Body from outbox where published_at is null order by seq limit @take";

    private const string Update = "update outbox set published_at = @now where event_id = @id";

    private readonly string _directory = Directory.CreateTempSubdirectory("ordertracking-naive-").FullName;
    private readonly IBusControl _bus;
    private readonly OrdersDb _db;
    private readonly IConnection _connection;

    private NaiveRelay(TestBroker broker, IConnection connection)
    {
        _connection = connection;
        _db = new OrdersDb(new DbOptions { ConnectionName = "orders", DataDirectory = _directory }, NullLogger<OrdersDb>.Instance);
        _bus = Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host(new Uri(broker.Address), host =>
            {
                host.Username(broker.User);
                host.Password(broker.Password);
                host.PublisherConfirmation = true;
            });
            bus.Publish<HoldOpened>(topology => topology.BindQueue(typeof(HoldOpened).FullName!, Queue, queue => queue.SetQuorumQueue()));
        });
    }

    public static async Task<NaiveRelay> Start(TestBroker broker)
    {
        var relay = new NaiveRelay(broker, await broker.Connect());
        await relay._db.Migrate(CancellationToken.None);
        await relay._bus.StartAsync();
        return relay;
    }

    /// <summary>Events in a second.</summary>
    public async Task<double> Publish(TimeSpan span)
    {
        if (await _db.Read(tx => tx.Scalar<long>("select count(*) from outbox where published_at is null")) < Refill)
            await Fill();
        var published = 0L;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < span)
        {
            foreach (var row in await _db.Read(tx => tx.Query<Row>(Select, new { take = PageRows })))
            {
                var opened = JsonSerializer.Deserialize<HoldOpened>(row.Body, Outbox.Json)!;
                await _bus.Publish(opened, context => context.MessageId = row.EventId);
                await _db.Write(tx => tx.Execute(Update, new { id = row.EventId, now = TimeProvider.System.GetUtcNow() }));
                published++;
            }
        }

        var rate = published / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await using var channel = await _connection.CreateChannelAsync();
        await channel.QueuePurgeAsync(Queue);
        return rate;
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync();
        await _connection.DisposeAsync();
        await _db.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private Task Fill() => _db.Write(async tx =>
    {
        for (var number = 0; number < Refill; number++)
        {
            var opened = RelayedOutbox.NewEvent();
            await Outbox.Add(tx, opened.EventId, opened, opened.EventTime);
        }
    });

    private sealed class Row
    {
        public Guid EventId { get; init; }

        public string Body { get; init; } = "";
    }
}
