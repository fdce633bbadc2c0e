using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Messaging.RabbitMq;
using OrderTracking.Contracts;
using OrderTracking.TestKit.Brokers;
using OrderTracking.TestKit.Distributed;
using RabbitMQ.Client;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

/// <summary>The queues of one test on a broker others use too. They are gone after the test.</summary>
public sealed class BrokerQueues : IAsyncDisposable
{
    private const string Recorder = "recorder";
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

    /// <summary>The same with a broker that several tests, one after another, have for their own.</summary>
    public static BrokerQueues On(OwnBroker own)
    {
        Assert.SkipWhen(own.Broker is null, TestBroker.Missing);
        return new BrokerQueues(own.Broker, [], own: true);
    }

    /// <summary>A way to the broker that can be made slow or silent.</summary>
    public TcpProxy NewWay() => new(new Uri(Options.RabbitMq.Address).Port);

    /// <summary>The settings of a process that goes this way.</summary>
    public MessagingOptions Through(TcpProxy way)
    {
        var address = new UriBuilder(Options.RabbitMq.Address) { Host = "127.0.0.1", Port = way.Port }.Uri.ToString();
        return Options with { RabbitMq = Options.RabbitMq with { Address = address } };
    }

    /// <summary>From now on every message of an event is kept, also one that is published twice.</summary>
    public async Task Record<TEvent>()
    {
        await using var connection = await Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var exchange = RabbitMqQueues.ExchangeOf(Prefix, EventTypes.NameOf(typeof(TEvent)));
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync(Queue(Recorder), durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(Queue(Recorder), exchange, routingKey: "");
    }

    /// <summary>The identities of the messages that were kept.</summary>
    public async Task<IReadOnlyList<string?>> Recorded()
    {
        // What is not acknowledged is back in the queue when the connection ends.
        await using var connection = await Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var identities = new List<string?>();
        while (await channel.BasicGetAsync(Queue(Recorder), autoAck: false) is { } message)
            identities.Add(message.BasicProperties.MessageId);
        return identities;
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
        await channel.QueueDeleteAsync(Queue(Recorder));
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

/// <summary>A broker for the tests of a class alone.</summary>
public sealed class OwnBroker : IAsyncLifetime
{
    /// <summary>Null where there is none.</summary>
    public TestBroker? Broker { get; private set; }

    public async ValueTask InitializeAsync() => Broker = await TestBroker.FindOwn();

    public async ValueTask DisposeAsync()
    {
        if (Broker is not null)
            await Broker.DisposeAsync();
    }
}
