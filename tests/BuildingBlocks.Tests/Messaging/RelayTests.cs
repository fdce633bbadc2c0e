using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Compliance;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

/// <summary>What a relay meets every day ends neither its channel nor a promise.</summary>
public sealed class RelayTests : IAsyncLifetime
{
    private const string Unwritable = "insert into outbox (event_id, type, body, sent_time) values (@id, 'NotOfThisVersion', '{}', @now)";

    // What was confirmed is marked, so nothing that was confirmed is ever anybody's again.
    private const string NoteWhatIsReleased = """
        create trigger note_released after update of claimed_until on outbox
        when new.claimed_until is null and old.claimed_until is not null and new.published_at is null
        begin insert into released (event_id) values (new.event_id); end
        """;

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(300);
    private readonly TemporaryDirectory _directory = new();
    private BrokerQueues? _queues;

    public async ValueTask InitializeAsync() => _queues = await BrokerQueues.Find();

    public async ValueTask DisposeAsync()
    {
        if (_queues is not null)
            await _queues.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_full_window_that_drains_slower_than_claims_end_loses_and_doubles_nothing_and_keeps_its_channel()
    {
        await _queues!.Record<AmendmentPublished>();
        await using var way = _queues.NewWay();
        var through = _queues.Through(way);
        through = through with { ClaimLease = TimeSpan.FromSeconds(4), RabbitMq = through.RabbitMq with { UnconfirmedEventsMax = 5 } };
        var bus = await BusHost.Start(_directory, new Script(), through, BusHost.SubscribeNone);
        await bus.Send(BusHost.NewEvent());
        await Eventually.Holds(async () => await bus.Unpublished() == 0, "the way is open");
        var connections = way.Accepted;

        way.Delay = Slow;
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => bus.Send(BusHost.NewEvent())));
        await Eventually.Holds(async () => await bus.Unpublished() == 0, "every row is marked");

        Assert.Equal(connections, way.Accepted);
        // It ends when nothing is on its way any more.
        await bus.DisposeAsync();
        await EachOnce(61);
    }

    [Fact]
    public async Task An_event_that_cannot_be_written_stands_in_nobodys_way()
    {
        await _queues!.Record<AmendmentPublished>();
        await using (var before = await ThingsDb.Create(_directory))
        {
            await before.Write(tx => tx.Execute(Unwritable, new { id = Ids.Next(), now = TimeProvider.System.GetUtcNow() }));
            for (var number = 0; number < 20; number++)
            {
                var published = BusHost.NewEvent();
                await before.Write(tx => Outbox.Add(tx, published.EventId, published, published.EventTime));
            }
        }

        await using var way = _queues.NewWay();
        await using var bus = await BusHost.Start(_directory, new Script(), _queues.Through(way), BusHost.SubscribeNone);
        await Eventually.Holds(async () => await bus.Unpublished() == 1, "those behind it are marked");
        var connections = way.Accepted;
        // Its claim ends at times, and then it is looked at again.
        await bus.Db.Write(tx => tx.Execute("update outbox set claimed_until = null where published_at is null"));
        await bus.Send(BusHost.NewEvent());
        await Eventually.Holds(async () => await bus.Unpublished() == 1 && await Claimed(bus) == 1, "it is looked at again");
        await EachOnce(21);
        Assert.Equal(connections, way.Accepted);
    }

    [Fact]
    public async Task What_is_confirmed_is_marked_before_a_process_gives_its_claims_up()
    {
        await _queues!.Record<AmendmentPublished>();
        await using var way = _queues.NewWay();
        var bus = await BusHost.Start(_directory, new Script(), _queues.Through(way), BusHost.SubscribeNone);
        await bus.Db.Write(tx => tx.Execute("create table released (event_id text not null)"));
        await bus.Db.Write(tx => tx.Execute(NoteWhatIsReleased));
        await bus.Send(BusHost.NewEvent());
        await Eventually.Holds(async () => await bus.Unpublished() == 0, "the way is open");

        // The confirms come one after another, and none of them can be marked: somebody has the writer.
        way.Delay = Slow;
        for (var number = 0; number < 5; number++)
            await bus.Send(BusHost.NewEvent());
        var isHeld = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var isLetGo = new ManualResetEventSlim();
        var holding = bus.Db.Write(tx =>
        {
            isHeld.SetResult();
            isLetGo.Wait();
            return tx.Execute("delete from things");
        });
        await isHeld.Task;
        var open = way.Open;
        var ending = bus.DisposeAsync().AsTask();
        await Eventually.Holds(() => Task.FromResult(way.Open < open), "the relay has let its channel go");
        isLetGo.Set();
        await holding;
        await ending;

        await using var after = await ThingsDb.Create(_directory);
        Assert.Equal((0, 0), (await after.Count("released"), await after.Count("outbox where published_at is null")));
        await EachOnce(6);
    }

    private static Task<long> Claimed(BusHost bus) => bus.Db.Count("outbox where published_at is null and claimed_until is not null");

    private async Task EachOnce(int count)
    {
        var recorded = await _queues!.Recorded();
        Assert.Equal((count, count), (recorded.Distinct().Count(), recorded.Count));
    }
}
