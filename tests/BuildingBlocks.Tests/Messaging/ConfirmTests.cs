namespace OrderTracking.BuildingBlocks.Tests.Messaging;

/// <summary>An event counts as published when the broker has said that it has it, not when it was sent.</summary>
public sealed class ConfirmTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _sender = new();
    private readonly TemporaryDirectory _taker = new();
    private BrokerQueues? _queues;

    public async ValueTask InitializeAsync() => _queues = await BrokerQueues.Find();

    public async ValueTask DisposeAsync()
    {
        if (_queues is not null)
            await _queues.DisposeAsync();
        _sender.Dispose();
        _taker.Dispose();
    }

    [Fact]
    public async Task An_event_stays_unpublished_until_the_broker_confirms_it()
    {
        var direct = _queues!.Options;
        await using var way = _queues.NewWay();
        await using var taker = await BusHost.Start(_taker, new Script(), direct);
        await using var sender = await BusHost.Start(_sender, new Script(), _queues.Through(way), BusHost.SubscribeNone);
        await sender.Send(BusHost.NewEvent());
        await Eventually.Holds(async () => await taker.Effects("first") == 1 && await sender.Unpublished() == 0, "the way is open");

        way.StallAnswers();
        await sender.Send(BusHost.NewEvent());
        await Eventually.Holds(async () => await taker.Effects("first") == 2, "the event went through");
        Assert.Equal(1, await sender.Unpublished());

        way.Pass();
        await Eventually.Holds(async () => await sender.Unpublished() == 0, "the confirmation came");
        Assert.Equal(2, await taker.Effects("first"));
    }
}
