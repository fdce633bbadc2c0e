using System.Threading.Channels;
using OrderTracking.BuildingBlocks.Data;

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

    private int _overflow;

    public ChannelReader<OutboxMessage> Reader => _channel.Reader;

    /// <summary>For whom events are claimed as they are committed. Null where no other process publishes the database's events.</summary>
    public Claimant? Claimant { get; set; }

    /// <summary>The end of the claim of an event about to be committed; null: whoever sweeps next publishes it.</summary>
    public DateTimeOffset? NewClaim() => _channel.Reader.Count < EventsMax ? Claimant?.NewClaim() : null;

    /// <summary>True when an event did not fit since the last time this was asked.</summary>
    public bool TakeOverflow() => Interlocked.Exchange(ref _overflow, 0) != 0;

    public void Offer(OutboxMessage message)
    {
        if ((Claimant is not null && message.ClaimedUntil is null) || !_channel.Writer.TryWrite(message))
            Volatile.Write(ref _overflow, 1);
    }
}

/// <summary>A process among several that publish the events of one database.</summary>
internal sealed class Claimant(string name, TimeSpan lease, Func<bool> publishes)
{
    private volatile bool _closed;

    public string Name => name;

    /// <summary>The end of a claim made now; null while this process cannot publish.</summary>
    public DateTimeOffset? NewClaim() => !_closed && publishes() ? MicrosecondClock.Machine.GetUtcNow() + lease : null;

    /// <summary>Makes no claim any more.</summary>
    public void Close() => _closed = true;
}
