namespace OrderTracking.Host.Demo;

/// <summary>
/// Walks the simulated clock day by day. Each day: what the law made of the night, then orders, then the dock, then what carriers report.
/// </summary>
internal sealed class Walk(SimulatedClock clock, Cast cast, ShipmentBoard board, Screen screen, CancellationToken stopping)
{
    /// <summary>The first day.</summary>
    public static readonly DateOnly First = new(2023, 10, 16);

    /// <summary>The day the walk ends on; the clock stands there.</summary>
    public static readonly DateOnly Last = new(2025, 6, 24);

    // 15:00 UTC is the same date in Los Angeles (morning) and in Taipei (late evening), and so is the departure 40 minutes later.
    private static readonly TimeOnly DockOpens = new(15, 0);
    private static readonly TimeOnly DockCloses = new(15, 50);

    private readonly OrderDesk _orders = new(cast, board, screen, stopping);
    private readonly Dock _dock = new(cast, board, screen, stopping);

    /// <summary>The name each order of the demo got.</summary>
    public IReadOnlyDictionary<DemoOrder, string> OrderNames => _orders.Names;

    /// <summary>Walks from the first day to the last.</summary>
    public async Task Run()
    {
        var episodes = new Episodes(cast, board, screen, _orders.Names, stopping);
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            clock.MoveTo(At(day, TimeOnly.MinValue));
            await episodes.AtMidnight(day);
            clock.MoveTo(At(day, DockOpens));
            await episodes.BeforeTheDockOpens(day);
            await _orders.PlaceDue(day);
            await _dock.DispatchDue(day);
            await episodes.BeforeDeparture(day);
            clock.MoveTo(At(day, DockCloses));
            await _dock.ReportMilestones(day, At(day, DockOpens).AddMinutes(40));
        }
    }

    private static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day, time, TimeSpan.Zero);
}
