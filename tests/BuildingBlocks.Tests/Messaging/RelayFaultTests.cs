using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Orders;
using OrderTracking.TestKit.Distributed;
using RabbitMQ.Client;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

/// <summary>The broker takes the relay's connection or its queues away, or takes nothing for a while.</summary>
public sealed class RelayFaultTests : IClassFixture<OwnBroker>, IAsyncLifetime
{
    // The connections of relays only: with the watch's, a process would be told that the broker was away.
    private const string CutRelays = """
        [rabbit_networking:close_connection(proplists:get_value(pid, C), "test")
         || C <- rabbit_networking:connection_info_all([pid, client_properties]),
            lists:keymember(<<"relay of things">>, 3, proplists:get_value(client_properties, C))].
        """;

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan KnownLate = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private readonly TemporaryDirectory _directory = new();
    private readonly OwnBroker _own;
    private BrokerQueues? _queues;

    public RelayFaultTests(OwnBroker own) => _own = own;

    public async ValueTask InitializeAsync()
    {
        _queues = BrokerQueues.On(_own);
        await _queues.Record<AmendmentPublished>();
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_queue_that_was_deleted_is_made_again_and_events_flow_into_it()
    {
        await using var bus = await BusHost.Start(_directory, new Script(), _queues!.Options, BusHost.SubscribeNone);
        await Sent(bus);
        await using (var connection = await _queues.Broker.Connect())
        await using (var channel = await connection.CreateChannelAsync())
            await channel.QueueDeleteAsync(_queues.Queue("shipments"));
        await _queues.Broker.Control("eval", CutRelays);

        await Sent(bus);
        var cancelled = new OrderCancelled(Ids.Next(), TimeProvider.System.GetUtcNow(), "tester", "no reason", Ids.Next(), 1);
        await bus.Db.Write(tx => Outbox.Add(tx, cancelled.EventId, cancelled, cancelled.EventTime));
        await Eventually.Holds(async () => await bus.Unpublished() == 0, "the event is published");
        Assert.Equal(1u, await _queues.Waiting("shipments"));
    }

    [Fact]
    public async Task A_broker_in_an_alarm_makes_events_late_and_neither_doubles_them_nor_has_the_channel_opened_again()
    {
        await using var way = _queues!.NewWay();
        var bus = await BusHost.Start(_directory, new Script(), _queues.Through(way) with { ClaimLease = Lease }, BusHost.SubscribeNone);
        await Sent(bus);
        var connections = way.Accepted;
        // The relay is not told at once, so that some are on their way.
        way.Delay = KnownLate;
        await _queues.Broker.Control("set_vm_memory_high_watermark", "0");
        try
        {
            for (var number = 0; number < 10; number++)
                await bus.Send(BusHost.NewEvent());
            way.Pass();
            for (var number = 0; number < 10; number++)
                await bus.Send(BusHost.NewEvent());
            await Eventually.Holds(async () => await ClaimsRunning(bus) == 0, "all claims are over");
            Assert.InRange(await bus.Unpublished(), 10, 20);
            // What ends the alarm is known some time before the confirms of what was sent before it.
            way.Delay = Slow;
        }
        finally
        {
            await _queues.Broker.Control("set_vm_memory_high_watermark", "absolute", "512MiB");
        }

        await Eventually.Holds(async () => await bus.Unpublished() == 0, "every row is marked");
        Assert.Equal(connections, way.Accepted);
        // It ends when nothing is on its way any more.
        await bus.DisposeAsync();
        await EachOnce(21);
    }

    [Fact]
    public async Task An_event_whose_claim_ends_while_the_channel_is_opened_is_left_to_others()
    {
        await using var way = _queues!.NewWay();
        var slow = await BusHost.Start(_directory, new Script(), _queues.Through(way) with { ClaimLease = Lease }, BusHost.SubscribeNone, Never);
        await Sent(slow);
        await CutOverSlowWay(way, Slow);
        // In the hands of the process whose way is slow, before there is another.
        await slow.Send(BusHost.NewEvent());
        await using var other = await BusHost.Start(_directory, new Script(), _queues.Options, BusHost.SubscribeNone);
        await Eventually.Holds(async () => await other.Unpublished() == 0, "the other process publishes it");

        // It ends when nothing is on its way any more.
        await slow.DisposeAsync();
        await EachOnce(2);
    }

    [Fact]
    public async Task A_process_that_ends_waits_for_the_channel_that_is_opened_for_an_event()
    {
        await using var way = _queues!.NewWay();
        var bus = await BusHost.Start(_directory, new Script(), _queues.Through(way), BusHost.SubscribeNone, Never);
        await Sent(bus);
        await CutOverSlowWay(way, Slow / 2);
        await bus.Send(BusHost.NewEvent());
        await bus.DisposeAsync();

        await using var after = await ThingsDb.Create(_directory);
        Assert.Equal(0, await after.Count("outbox where published_at is null"));
        await EachOnce(2);
    }

    private async Task CutOverSlowWay(TcpProxy way, TimeSpan delay)
    {
        var open = way.Open;
        way.Delay = delay;
        await _queues!.Broker.Control("eval", CutRelays);
        await Eventually.Holds(() => Task.FromResult(way.Open < open), "the relay's connection is cut");
    }

    private static Task<long> ClaimsRunning(BusHost bus) => bus.Db.Read(tx => tx.Scalar<long>(
        "select count(*) from outbox where published_at is null and claimed_until > @now", new { now = TimeProvider.System.GetUtcNow() }));

    private static async Task Sent(BusHost bus)
    {
        await bus.Send(BusHost.NewEvent());
        await Eventually.Holds(async () => await bus.Unpublished() == 0, "the way is open");
    }

    private async Task EachOnce(int count)
    {
        var recorded = await _queues!.Recorded();
        Assert.Equal((count, count), (recorded.Distinct().Count(), recorded.Count));
    }
}
