using RabbitMQ.Client;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>
/// A channel with a rolling window of messages that are published and not confirmed. It ends with its connection; what was not confirmed
/// by then is lost. One thread publishes.
/// </summary>
internal sealed class ConfirmedChannel : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly OutboxMessage?[] _unconfirmed;
    private readonly Action<OutboxMessage, bool> _answered;
    private readonly SemaphoreSlim _window;
    private readonly CancellationTokenSource _ended = new();
    private readonly Envelope _envelope = new();
    private readonly Lock _lock = new();
    private ulong _oldest = 1;
    private ulong _next = 1;

    private ConfirmedChannel(IConnection connection, IChannel channel, int windowMax, Action<OutboxMessage, bool> answered)
    {
        (_connection, _channel, _answered) = (connection, channel, answered);
        _unconfirmed = new OutboxMessage?[windowMax];
        _window = new SemaphoreSlim(windowMax, windowMax);
        channel.BasicAcksAsync += (_, answer) => Answered(answer.DeliveryTag, answer.Multiple, isConfirmed: true);
        channel.BasicNacksAsync += (_, answer) => Answered(answer.DeliveryTag, answer.Multiple, isConfirmed: false);
        channel.ChannelShutdownAsync += (_, _) => _ended.CancelAsync();
    }

    /// <summary>False when nothing can be published or confirmed on it any more.</summary>
    public bool IsOpen => _channel.IsOpen && !_ended.IsCancellationRequested;

    /// <summary>How many are published and not answered.</summary>
    public int Unanswered => _unconfirmed.Length - _window.CurrentCount;

    /// <summary>The one that has waited longest for its confirm.</summary>
    public OutboxMessage? Oldest
    {
        get
        {
            lock (_lock)
                return _oldest == _next ? null : _unconfirmed[Place(_oldest)];
        }
    }

    /// <param name="broker">Where it is; with what is published, all exchanges are there.</param>
    /// <param name="name">Of the connection.</param>
    /// <param name="answered">Told of each message whether the broker has it, on the connection's own loop.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<ConfirmedChannel> Open(
        RabbitMqOptions broker, string name, Action<OutboxMessage, bool> answered, CancellationToken cancellation)
    {
        var connection = await BrokerConnections.Open(broker, name, broker.Heartbeat, cancellation);
        try
        {
            // The client's own tracking makes a task and a header a message; the numbers are the same without it.
            var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false), cancellation);
            await RabbitMqQueues.Bind(channel, broker.Prefix, cancellation);
            return new ConfirmedChannel(connection, channel, broker.UnconfirmedEventsMax, answered);
        }
        catch
        {
            await BrokerConnections.Close(connection);
            throw;
        }
    }

    /// <summary>Publishes a message; waits while the window is full.</summary>
    /// <exception cref="OperationCanceledException">The channel has ended, or the caller gave up.</exception>
    public async ValueTask Publish(string exchange, OutboxMessage message, CancellationToken cancellation)
    {
        if (!_window.Wait(0, CancellationToken.None))
            await WaitForRoom(cancellation);
        lock (_lock)
            _unconfirmed[Place(_next++)] = message;
        await _channel.BasicPublishAsync(
            exchange, routingKey: "", mandatory: false, Envelope.Properties(message), _envelope.Body(message), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await BrokerConnections.Close(_connection);
        _envelope.Dispose();
    }

    private async Task WaitForRoom(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ended.Token);
        await _window.WaitAsync(either.Token);
    }

    // Answers come in any order; those that come late keep the window from moving, so that no place is taken twice.
    private Task Answered(ulong number, bool multiple, bool isConfirmed)
    {
        var room = 0;
        lock (_lock)
        {
            for (var each = multiple ? _oldest : number; each <= number; each++)
                Answered(each, isConfirmed);
            for (; _oldest < _next && _unconfirmed[Place(_oldest)] is null; _oldest++)
                room++;
        }

        if (room > 0)
            _window.Release(room);
        return Task.CompletedTask;
    }

    private void Answered(ulong number, bool isConfirmed)
    {
        ref var place = ref _unconfirmed[Place(number)];
        if (place is null)
            return;
        _answered(place, isConfirmed);
        place = null;
    }

    private int Place(ulong number) => (int)(number % (ulong)_unconfirmed.Length);
}
