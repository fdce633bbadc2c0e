using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Types.V1;

namespace OrderTracking.Wire;

/// <summary>A place goods leave from.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="TimeZone">An IANA name.</param>
public sealed record PlaceFacts(string Country, string TimeZone)
{
    /// <summary>The calendar date at the place at an instant.</summary>
    public DateOnly DateAt(DateTimeOffset instant) => WirePlace.DateAt(instant, TimeZone);
}

/// <summary>Places of export and the dates there.</summary>
public static partial class WirePlace
{
    // More than there are zones; some machines find one zone by many spellings.
    private const int KnownMax = 1000;

    // The machine's own look-up takes a lock that all calls would queue for.
    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Known = new(StringComparer.Ordinal);

    /// <summary>Reads a place that must be given.</summary>
    /// <returns>The place; null if it was refused.</returns>
    public static PlaceFacts? Parse(PlaceOfExport? place, in FieldPath field, Violations violations)
    {
        if (place is null)
        {
            violations.Add(field, WireReasons.PlaceOfExportMissing, null, "a country and an IANA time zone");
            return null;
        }

        var country = Countries.Parse(place.Country, $"{field}.country", violations);
        var known = IsKnownTimeZone(place.TimeZone);
        if (!known)
            violations.Add($"{field}.time_zone", WireReasons.TimeZoneUnknown, place.TimeZone, "an IANA time zone, such as America/Los_Angeles");
        return country is null || !known ? null : new PlaceFacts(country, place.TimeZone);
    }

    /// <summary>Writes a place.</summary>
    public static PlaceOfExport Of(string country, string timeZone) => new() { Country = country, TimeZone = timeZone };

    /// <summary>Whether a name is an IANA time zone this machine knows.</summary>
    public static bool IsKnownTimeZone(string timeZone) => Known.ContainsKey(timeZone) || IsFound(timeZone);

    /// <summary>The calendar date in a time zone at an instant.</summary>
    /// <param name="timeZone">An IANA name that was checked when it came in.</param>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the zone.</exception>
    public static DateOnly DateAt(DateTimeOffset instant, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Known.GetValueOrDefault(timeZone) ?? TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);

    private static bool IsFound(string timeZone)
    {
        if (!TimeZonePattern().IsMatch(timeZone) || !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) || !zone.HasIanaId)
            return false;
        if (Known.Count < KnownMax)
            Known.TryAdd(timeZone, zone);
        return true;
    }

    // The look-up reads a file of that name: nothing that is not shaped like a zone may reach it, and the database keeps
    // copies under posix and right that are no names of zones.
    [GeneratedRegex(@"\A(?!posix|right|localtime)[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z][A-Za-z0-9_+-]*){0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeZonePattern();
}
