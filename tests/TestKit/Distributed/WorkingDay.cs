namespace OrderTracking.TestKit.Distributed;

/// <summary>
/// The place of export and the day of a run on the real clock. A permit is for one local date, so a run must not cross midnight there.
/// </summary>
public sealed record WorkingDay(string Zone, DateOnly Today)
{
    private const int LastHour = 22;
    private static readonly string[] Zones = ["America/Los_Angeles", "America/New_York"];

    /// <summary>A place at which it is not soon midnight.</summary>
    public static WorkingDay Now()
    {
        var now = TimeProvider.System.GetUtcNow();
        var local = Zones.Select(zone => (Zone: zone, Time: TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone)))).ToList();
        var (zone, time) = local.FirstOrDefault(place => place.Time.Hour < LastHour, local[^1]);
        return new WorkingDay(zone, DateOnly.FromDateTime(time.DateTime));
    }
}
