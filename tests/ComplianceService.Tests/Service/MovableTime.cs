namespace OrderTracking.ComplianceService.Tests.Service;

/// <summary>A clock that stands until a test moves it. Timers are the system's, so that loops go on looking.</summary>
internal sealed class MovableTime(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Set(DateTimeOffset instant) => Interlocked.Exchange(ref _ticks, instant.UtcTicks);
}
