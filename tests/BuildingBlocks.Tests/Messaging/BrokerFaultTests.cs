using System.Diagnostics;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Messaging.RabbitMq;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

/// <summary>A broker that is not there when the process starts, goes, and comes back.</summary>
public sealed class BrokerFaultTests
{
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_process_starts_and_commits_without_its_broker_and_sends_when_it_comes_back()
    {
        using var directory = new TemporaryDirectory();
        await using var queues = await BrokerQueues.FindOwn();
        await using var broker = queues.Broker;
        await broker.Kill();
        await using var bus = await BusHost.Start(directory, new Script(), queues.Options);
        Assert.False(await bus.EventsTravel());
        for (var number = 0; number < 100; number++)
            await bus.Send(BusHost.NewEvent());
        Assert.Equal(100, await bus.Unpublished());

        await broker.Start();
        await Within(Told, () => bus.EventsTravel(), "it is told that the broker is back");
        await Eventually.Holds(async () => await bus.Unpublished() == 0, "every row is marked");
        await Eventually.Holds(async () => (await bus.Effects("first"), await bus.Effects("second")) == (100, 100), "every event is taken");

        await broker.Kill();
        await Within(Told, async () => !await bus.EventsTravel(), "it is told that the broker is gone");
        for (var number = 0; number < 100; number++)
            await bus.Send(BusHost.NewEvent());
        await broker.Start();
        await Eventually.Holds(async () => await bus.Unpublished() == 0, "every row is marked");
        await Eventually.Holds(async () => (await bus.Effects("first"), await bus.Effects("second")) == (200, 200), "every event is taken");
    }

    [Fact]
    public async Task A_process_without_a_broker_ends_in_time()
    {
        using var directory = new TemporaryDirectory();
        var options = new MessagingOptions
        {
            Transport = MessagingOptions.RabbitMqTransport,
            // A port nobody listens on.
            RabbitMq = new RabbitMqOptions { Address = "amqp://127.0.0.1:1/", Password = "none" },
        };
        var bus = await BusHost.Start(directory, new Script(), options);
        await bus.Send(BusHost.NewEvent());
        var since = Stopwatch.GetTimestamp();
        await bus.DisposeAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void Settings_that_cannot_work_are_all_named()
    {
        var options = new MessagingOptions
        {
            Transport = MessagingOptions.RabbitMqTransport,
            RabbitMq = new RabbitMqOptions { Address = "http://broker", PrefetchMax = 0, Prefix = "a b" },
        };
        var message = Assert.Throws<InvalidOperationException>(options.Check).Message;
        Assert.Contains("Messaging:RabbitMq:Address is 'http://broker'; allowed is amqp://", message, StringComparison.Ordinal);
        Assert.Contains("Messaging:RabbitMq:Password and Messaging:RabbitMq:PasswordFile: one of them is needed", message, StringComparison.Ordinal);
        Assert.Contains("Messaging:RabbitMq:PrefetchMax is 0; allowed is 1 to 10000", message, StringComparison.Ordinal);
        Assert.Contains("Messaging:RabbitMq:Prefix is 'a b'", message, StringComparison.Ordinal);
        (options with { RabbitMq = new RabbitMqOptions { Password = "secret" } }).Check();
    }

    private static async Task Within(TimeSpan limit, Func<Task<bool>> condition, string what)
    {
        var since = Stopwatch.GetTimestamp();
        await Eventually.Holds(condition, what);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, limit);
    }
}
