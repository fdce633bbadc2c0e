using System.Threading.Channels;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>
/// Hands committed events from the writer to the relay without reading them back. When it is full, or nobody reads, events stay
/// in their table only and the relay finds them there.
/// </summary>
internal sealed class OutboxFeed
{
    private const int EventsMax = 10_000;
    private readonly Channel<OutboxMessage> _channel = Channel.CreateBounded<OutboxMessage>(
        new BoundedChannelOptions(EventsMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<OutboxMessage> Reader => _channel.Reader;

    /// <summary>True when an event did not fit since the last time this was asked.</summary>
    public bool TakeOverflow() => Interlocked.Exchange(ref _overflow, 0) != 0;

    private int _overflow;

    public void Offer(OutboxMessage message)
    {
        if (!_channel.Writer.TryWrite(message))
            Volatile.Write(ref _overflow, 1);
    }
}
