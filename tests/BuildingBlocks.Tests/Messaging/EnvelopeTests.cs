using System.Collections.Concurrent;
using MassTransit;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Compliance;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

/// <summary>The relay writes MassTransit's envelope itself; who takes events need know nothing of that.</summary>
public sealed class EnvelopeTests : IAsyncLifetime
{
    private const string Queue = "plain";
    private readonly TemporaryDirectory _directory = new();
    private BrokerQueues? _queues;

    public async ValueTask InitializeAsync() => _queues = await BrokerQueues.Find(Queue);

    public async ValueTask DisposeAsync()
    {
        if (_queues is not null)
            await _queues.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_plain_consumer_of_MassTransit_takes_what_the_relay_published()
    {
        var taken = new ConcurrentQueue<ConsumeContext<AmendmentPublished>>();
        await using var sender = await BusHost.Start(_directory, new Script(), _queues!.Options, BusHost.SubscribeNone);
        var bus = Plain(taken);
        await bus.StartAsync(TestContext.Current.CancellationToken);
        // With what JSON has to escape, and beyond ASCII.
        var first = BusHost.NewEvent() with { Actor = "\"o'Neill\" \\ Zürich 北京 \u0001 </script>" };
        var second = BusHost.NewEvent();
        using (var activity = new System.Diagnostics.Activity("sending").AddBaggage("tenant", "blue").Start())
        {
            await sender.Send(first);
            await sender.Send(second);
        }

        await Eventually.Holds(() => Task.FromResult(taken.Count == 2), "both are taken");
        await bus.StopAsync(TestContext.Current.CancellationToken);
        // Who is taken first is not promised.
        Assert.Equal(new HashSet<AmendmentPublished> { first, second }, taken.Select(context => context.Message).ToHashSet());
        Assert.All(taken, context => Assert.Equal(context.Message.EventId, context.MessageId));
        Assert.All(taken, context => Assert.Equal("application/vnd.masstransit+json", context.ReceiveContext.ContentType?.MediaType));
        Assert.All(taken, context => Assert.StartsWith("00-", context.Headers.Get<string>("traceparent"), StringComparison.Ordinal));
        Assert.All(taken, context => Assert.Contains("blue", context.Headers.Get<string>("baggage"), StringComparison.Ordinal));
        Assert.Equal(0, await sender.Unpublished());
    }

    private IBusControl Plain(ConcurrentQueue<ConsumeContext<AmendmentPublished>> taken) => Bus.Factory.CreateUsingRabbitMq(bus =>
    {
        bus.Host(new Uri(_queues!.Broker.Address), host =>
        {
            host.Username(_queues.Broker.User);
            host.Password(_queues.Broker.Password);
        });
        bus.ReceiveEndpoint(_queues.Queue(Queue), endpoint =>
        {
            endpoint.SetQuorumQueue();
            endpoint.ConfigureConsumeTopology = false;
            endpoint.Bind($"{_queues.Prefix}compliance.amendment-published");
            endpoint.Handler<AmendmentPublished>(context =>
            {
                taken.Enqueue(context);
                return Task.CompletedTask;
            });
        });
    });
}
