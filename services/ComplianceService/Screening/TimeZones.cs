namespace OrderTracking.ComplianceService.Screening;

/// <summary>Time zones of places of export, by IANA name only: a Windows name would not mean the same on another machine.</summary>
internal static class TimeZones
{
    public static bool IsKnown(string? zone) =>
        !string.IsNullOrEmpty(zone) && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId
        && (zone == "UTC" || !TimeZoneInfo.TryConvertWindowsIdToIanaId(zone, out _));
}
