namespace OrderTracking.ComplianceService.Shipments;

/// <summary>Dates at a place of export.</summary>
internal static class ShipDates
{
    // A zone that skips midnight skips at most two hours.
    private static readonly TimeSpan SkipStep = TimeSpan.FromMinutes(15);

    /// <summary>The local date of an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone(timeZone)).DateTime);

    /// <summary>The day a shipment is decided for: the planned one, or today once that has gone by.</summary>
    public static DateOnly Effective(DateOnly planned, DateOnly today) => today > planned ? today : planned;

    /// <summary>The first instant of a local date.</summary>
    public static DateTimeOffset StartOf(DateOnly date, string timeZone)
    {
        var zone = Zone(timeZone);
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local += SkipStep;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static TimeZoneInfo Zone(string timeZone) => TimeZoneInfo.FindSystemTimeZoneById(timeZone);
}
