using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OrderTracking.TestKit.Brokers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OrderTracking.Benchmarks.Walking;

/// <summary>The limit: a message published to a quorum queue, confirmed, taken and acknowledged; nothing else.</summary>
internal sealed class RoundTrips : IAsyncDisposable
{
    private const string Queue = "round-trips";
    private const int BodyBytes = 2_500;
    private const ushort Prefetch = 200;
    private readonly IConnection _connection;
    private readonly IChannel _publishing;
    private readonly IChannel _consuming;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _acknowledged = new();
    private long _last;

    private RoundTrips(IConnection connection, IChannel publishing, IChannel consuming) =>
        (_connection, _publishing, _consuming) = (connection, publishing, consuming);

    public static async Task<RoundTrips> Start(TestBroker broker)
    {
        var connection = await broker.Connect();
        var publishing = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var consuming = await connection.CreateChannelAsync();
        await consuming.QueueDeclareAsync(
            Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await consuming.BasicQosAsync(0, Prefetch, global: false);
        var trips = new RoundTrips(connection, publishing, consuming);
        var consumer = new AsyncEventingBasicConsumer(consuming);
        consumer.ReceivedAsync += async (_, message) =>
        {
            await consuming.BasicAckAsync(message.DeliveryTag, multiple: false);
            trips._acknowledged[message.BasicProperties.MessageId!].SetResult();
        };
        await consuming.BasicConsumeAsync(Queue, autoAck: false, consumer);
        return trips;
    }

    /// <summary>In seconds.</summary>
    public async Task<double> SlowestOfHundred(int rate, TimeSpan span)
    {
        var taken = new ConcurrentBag<TimeSpan>();
        await OpenLoop.Run(rate, span, async due =>
        {
            var id = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
            var acknowledged = _acknowledged[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var properties = new BasicProperties { MessageId = id, Persistent = true };
            await _publishing.BasicPublishAsync("", Queue, mandatory: false, properties, new byte[BodyBytes]);
            await acknowledged.Task;
            taken.Add(Stopwatch.GetElapsedTime(due));
        });
        return OpenLoop.Percentile99(taken);
    }

    public async ValueTask DisposeAsync()
    {
        await _consuming.DisposeAsync();
        await _publishing.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
