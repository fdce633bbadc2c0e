namespace OrderTracking.Host;

/// <summary>
/// A clock that stands until its owner moves it. Only what the time is comes from here: timers and time stamps stay real, so that
/// loops poll and deadlines pass while the date stands still.
/// </summary>
/// <param name="start">What the time is at first.</param>
public sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Moves the clock on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is before the one the clock stands at.</exception>
    public void MoveTo(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant.UtcTicks, Interlocked.Read(ref _ticks), nameof(instant));
        Interlocked.Exchange(ref _ticks, instant.UtcTicks);
    }

    /// <summary>Moves the clock on by a span of 0 or more.</summary>
    public void Advance(TimeSpan span) => MoveTo(GetUtcNow() + span);
}
