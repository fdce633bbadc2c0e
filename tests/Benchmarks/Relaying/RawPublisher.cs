using System.Diagnostics;
using OrderTracking.TestKit.Brokers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OrderTracking.Benchmarks.Relaying;

/// <summary>The limit: one message published again and again to a quorum queue, so many unconfirmed at once, and nothing else.</summary>
internal sealed class RawPublisher : IAsyncDisposable
{
    private const int Window = 1_000;
    private const string Exchange = "raw-exchange";
    private const string Queue = "raw";
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly BasicProperties _properties;
    private readonly byte[] _body;
    private readonly SemaphoreSlim _window = new(Window);
    private readonly bool[] _confirmed = new bool[Window * 2];
    private ulong _oldest = 1;

    private RawPublisher(IConnection connection, IChannel channel, IReadOnlyBasicProperties properties, byte[] body)
    {
        (_connection, _channel, _properties, _body) = (connection, channel, new BasicProperties(properties), body);
        _channel.BasicAcksAsync += (_, confirm) =>
        {
            Confirm(confirm);
            return Task.CompletedTask;
        };
    }

    public static async Task<RawPublisher> Start(TestBroker broker, IReadOnlyBasicProperties properties, byte[] body)
    {
        var connection = await broker.Connect();
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false));
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync(
            Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(Queue, Exchange, "");
        return new RawPublisher(connection, channel, properties, body);
    }

    /// <summary>Messages in a second, confirmed.</summary>
    public async Task<double> Publish(TimeSpan span)
    {
        var published = 0L;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < span)
        {
            await _window.WaitAsync();
            await _channel.BasicPublishAsync(Exchange, "", mandatory: false, _properties, _body);
            published++;
        }

        for (var free = 0; free < Window; free++)
            await _window.WaitAsync();
        var rate = published / Stopwatch.GetElapsedTime(started).TotalSeconds;
        _window.Release(Window);
        await _channel.QueuePurgeAsync(Queue);
        return rate;
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        _window.Dispose();
    }

    // The broker's answers come one after another, in any order of the messages.
    private void Confirm(BasicAckEventArgs confirm)
    {
        for (var number = confirm.Multiple ? _oldest : confirm.DeliveryTag; number <= confirm.DeliveryTag; number++)
            _confirmed[number % (ulong)_confirmed.Length] = true;
        var free = 0;
        for (; _confirmed[_oldest % (ulong)_confirmed.Length]; _oldest++, free++)
            _confirmed[_oldest % (ulong)_confirmed.Length] = false;
        if (free > 0)
            _window.Release(free);
    }
}
