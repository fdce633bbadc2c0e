using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Messaging.RabbitMq;
using OrderTracking.TestKit.Brokers;
using RabbitMQ.Client;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

/// <summary>The queues of one test on a broker others use too. They are gone after the test.</summary>
public sealed class BrokerQueues : IAsyncDisposable
{
    private readonly string[] _services;

    private readonly bool _own;

    private BrokerQueues(TestBroker broker, string[] services, bool own)
    {
        (Broker, _services, _own) = (broker, services, own);
        Prefix = TestBroker.NewPrefix();
        Options = new MessagingOptions
        {
            Transport = MessagingOptions.RabbitMqTransport,
            RabbitMq = new RabbitMqOptions { Address = broker.Address, User = broker.User, Password = broker.Password, Prefix = Prefix },
        };
    }

    public TestBroker Broker { get; }

    public string Prefix { get; }

    public MessagingOptions Options { get; }

    /// <summary>Finds the broker, or skips the test.</summary>
    public static async Task<BrokerQueues> Find(params string[] services)
    {
        var broker = await TestBroker.Find();
        Assert.SkipWhen(broker is null, TestBroker.Missing);
        return new BrokerQueues(broker, services.Length > 0 ? services : ["first", "second"], own: false);
    }

    /// <summary>The same with a broker of the test's own.</summary>
    public static async Task<BrokerQueues> FindOwn(params string[] services)
    {
        var broker = await TestBroker.FindOwn();
        Assert.SkipWhen(broker is null, TestBroker.Missing);
        return new BrokerQueues(broker, services.Length > 0 ? services : ["first", "second"], own: true);
    }

    public string Queue(string service) => Prefix + service;

    /// <summary>How many messages wait in a queue; those held by a consumer do not.</summary>
    public async Task<uint> Waiting(string service)
    {
        await using var connection = await Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(Queue(service));
    }

    /// <summary>Puts a message into a queue as it is.</summary>
    public async Task Put(string service, ReadOnlyMemory<byte> body, BasicProperties? properties = null)
    {
        await using var connection = await Broker.Connect();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync("", Queue(service), mandatory: true, properties ?? new BasicProperties(), body);
    }

    public async ValueTask DisposeAsync()
    {
        if (_own)
            return;
        await using var connection = await Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var service in _services)
        {
            foreach (var suffix in (string[])["", "_error", "_skipped"])
            {
                await channel.QueueDeleteAsync(Queue(service + suffix));
                await channel.ExchangeDeleteAsync(Queue(service + suffix));
            }
        }
    }
}
