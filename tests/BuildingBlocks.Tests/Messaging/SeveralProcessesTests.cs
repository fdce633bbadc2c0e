using System.Diagnostics;
using OrderTracking.BuildingBlocks.Messaging;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

/// <summary>Several processes with one database and one broker.</summary>
public sealed class SeveralProcessesTests : IAsyncLifetime
{
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
    public async Task Three_processes_publish_and_take_every_event_once_in_effect()
    {
        var scripts = Enumerable.Range(0, 3).Select(_ => new Script()).ToList();
        await using var one = await BusHost.Start(_directory, scripts[0], _queues!.Options);
        await using var two = await BusHost.Start(_directory, scripts[1], _queues.Options);
        await using var three = await BusHost.Start(_directory, scripts[2], _queues.Options);
        foreach (var bus in (BusHost[])[one, two, three])
        {
            for (var number = 0; number < 100; number++)
                await bus.Send(BusHost.NewEvent());
        }

        await Eventually.Holds(async () => await one.Unpublished() == 0, "every row is marked");
        await Eventually.Holds(async () => (await one.Effects("first"), await one.Effects("second")) == (300, 300), "every event is taken");
        // A handler is called once an event where the inbox lets it: nothing was rolled back by a second relay.
        Assert.Equal(600, scripts.Sum(script => script.Calls));
    }

    [Fact]
    public async Task What_a_killed_process_had_claimed_is_published_by_another_after_its_claim_and_within_half_a_minute()
    {
        var left = BusHost.NewEvent();
        await using var bus = await BusHost.Start(_directory, new Script(), _queues!.Options);
        await using (var killed = await ThingsDb.Create(_directory))
        {
            killed.Outbox.Claimant = new Claimant("killed", TimeSpan.FromSeconds(5), () => true);
            await killed.Write(tx => Outbox.Add(tx, left.EventId, left, left.EventTime));
        }

        var since = Stopwatch.GetTimestamp();
        await Eventually.Holds(async () => await bus.Effects("second") == 1, "another process publishes it");
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Two_claims_never_have_a_row_in_common_and_a_claim_ends()
    {
        await using var db = await ThingsDb.Create(_directory);
        await using var other = await ThingsDb.Create(_directory);
        for (var number = 0; number < 100; number++)
        {
            var published = BusHost.NewEvent();
            await db.Write(tx => Outbox.Add(tx, published.EventId, published, published.EventTime));
        }

        var now = TimeProvider.System.GetUtcNow();
        var lease = TimeSpan.FromSeconds(15);
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(round =>
            (round % 2 == 0 ? db : other).Write(tx => OutboxRows.Claim(tx, $"process {round}", now, lease, take: 20))));
        var seqs = claims.SelectMany(claim => claim.Select(row => row.Seq)).ToList();
        Assert.Equal(100, seqs.Count);
        Assert.Equal(100, seqs.Distinct().Count());
        Assert.All(claims, claim => Assert.Equal(claim.OrderBy(row => row.Seq).Select(row => row.Seq), claim.Select(row => row.Seq)));
        Assert.False(await db.Read(tx => OutboxRows.AnyUnclaimed(tx, now)));
        Assert.True(await db.Read(tx => OutboxRows.AnyUnclaimed(tx, now + lease)));
        Assert.Equal(100, (await db.Write(tx => OutboxRows.Claim(tx, "heir", now + lease, lease, take: 200))).Count);
    }

    [Fact]
    public async Task A_failing_event_is_tried_as_often_by_two_processes_as_by_one()
    {
        var scripts = Enumerable.Range(0, 2).Select(_ => new Script { Fails = (consumer, _) => consumer == "second" }).ToList();
        await using var one = await BusHost.Start(_directory, scripts[0], _queues!.Options);
        await using var two = await BusHost.Start(_directory, scripts[1], _queues.Options);
        for (var number = 0; number < 20; number++)
            await one.Send(BusHost.NewEvent());

        await Eventually.Holds(async () => await one.Db.Count("dead_letters where attempts = 5") == 20, "every event is given up");
        Assert.Equal((20, 0), (await one.Db.Count("dead_letters"), await one.Db.Count("redeliveries")));
        // Three attempts at once and two redeliveries of the second consumer, one call of the first.
        Assert.Equal(20 * (5 + 1), scripts.Sum(script => script.Calls));
    }
}
