namespace OrderTracking.OrderService.Tests.Service;

/// <summary>A clock that a test sets; timers stay real.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _ticks = Sample.Start.UtcTicks;

    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _ticks, value.UtcTicks);
    }

    public override DateTimeOffset GetUtcNow() => Now;
}
