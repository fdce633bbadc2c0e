namespace OrderTracking.BuildingBlocks.Data;

/// <summary>
/// A clock of whole microseconds. What is stored, digested and compared is read from one, so that an instant reads the same from every
/// engine: not every server keeps the seventh digit that a tick has.
/// </summary>
public sealed class MicrosecondClock : TimeProvider
{
    private readonly TimeProvider _inner;

    private MicrosecondClock(TimeProvider inner) => _inner = inner;

    /// <summary>The machine's clock, for leases and the bus, which no simulated clock must stop.</summary>
    public static TimeProvider Machine { get; } = new MicrosecondClock(TimeProvider.System);

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _inner.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => _inner.TimestampFrequency;

    /// <summary>The same clock, cut to whole microseconds.</summary>
    public static TimeProvider Of(TimeProvider clock) => clock switch
    {
        MicrosecondClock whole => whole,
        _ when ReferenceEquals(clock, TimeProvider.System) => Machine,
        _ => new MicrosecondClock(clock),
    };

    /// <summary>An instant without what is below a microsecond.</summary>
    public static DateTimeOffset Cut(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Cut(_inner.GetUtcNow());

    /// <inheritdoc/>
    public override long GetTimestamp() => _inner.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _inner.CreateTimer(callback, state, dueTime, period);
}
