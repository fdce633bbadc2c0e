using OrderTracking.BuildingBlocks.Data;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

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
    private readonly Lock _lock = new();
    private volatile bool _blocked;
    private long _unblockedAt = MicrosecondClock.Machine.GetTimestamp();
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
        connection.ConnectionBlockedAsync += (_, _) => Blocked(true);
        connection.ConnectionUnblockedAsync += (_, _) => Blocked(false);
    }

    /// <summary>False when nothing can be published or confirmed on it any more.</summary>
    public bool IsOpen => _channel.IsOpen && !_ended.IsCancellationRequested;

    /// <summary>True while the broker takes nothing from anybody: it is out of memory or disk.</summary>
    public bool IsBlocked => _blocked;

    /// <summary>Since when the broker takes and confirms again after an alarm, in ticks of the clock's timestamp; when it was opened at the earliest.</summary>
    public long UnblockedAt => Volatile.Read(ref _unblockedAt);

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

    /// <summary>True for an event that is published and not answered.</summary>
    public bool Holds(Guid eventId)
    {
        if (Unanswered == 0)
            return false;
        lock (_lock)
            return _unconfirmed.Any(message => message?.EventId == eventId);
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
            return new ConfirmedChannel(connection, await Bound(connection, broker.Prefix, cancellation), broker.UnconfirmedEventsMax, answered);
        }
        catch
        {
            await BrokerConnections.Close(connection);
            throw;
        }
    }

    /// <summary>Waits for room in the window, and takes it for the message that is published next; false where there was none in time.</summary>
    /// <exception cref="OperationCanceledException">The channel has ended, or the caller gave up.</exception>
    public ValueTask<bool> HasRoom(TimeSpan within, CancellationToken cancellation) =>
        _window.Wait(0, CancellationToken.None) ? ValueTask.FromResult(true) : WaitForRoom(within, cancellation);

    /// <summary>Publishes a message, after room was taken for it.</summary>
    /// <param name="body">As <see cref="Envelope.Body"/> wrote it; free again when this returns.</param>
    public ValueTask Publish(string exchange, OutboxMessage message, ReadOnlyMemory<byte> body)
    {
        lock (_lock)
            _unconfirmed[Place(_next++)] = message;
        return _channel.BasicPublishAsync(exchange, routingKey: "", mandatory: false, Envelope.Properties(message), body, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await BrokerConnections.Close(_connection);
    }

    private static async Task<IChannel> Bound(IConnection connection, string prefix, CancellationToken cancellation)
    {
        try
        {
            return await Bind(connection, prefix, cancellation);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // Somebody deleted a queue. Without it nothing at all could be published, of any event.
            await RabbitMqQueues.Declare(connection, prefix, [], cancellation);
            return await Bind(connection, prefix, cancellation);
        }
    }

    private static async Task<IChannel> Bind(IConnection connection, string prefix, CancellationToken cancellation)
    {
        // The client's own tracking makes a task and a header a message; the numbers are the same without it.
        var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false), cancellation);
        await RabbitMqQueues.Bind(channel, prefix, cancellation);
        return channel;
    }

    private async ValueTask<bool> WaitForRoom(TimeSpan within, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ended.Token);
        return await _window.WaitAsync(within, either.Token);
    }

    private Task Blocked(bool isBlocked)
    {
        if (!isBlocked)
            Volatile.Write(ref _unblockedAt, MicrosecondClock.Machine.GetTimestamp());
        _blocked = isBlocked;
        return Task.CompletedTask;
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
