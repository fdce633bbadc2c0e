using System.Globalization;
using Google.Type;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.Wire;

/// <summary>Calendar dates: google.type.Date outside, DateOnly inside.</summary>
public static class WireDate
{
    private static readonly string Allowed =
        string.Create(CultureInfo.InvariantCulture, $"a whole date (year, month and day) from {Limits.YearMin} to {Limits.YearMax}");

    /// <summary>Reads a date that must be given; absent is <paramref name="missing"/>, by default DATE_MISSING.</summary>
    /// <returns>The date; null if it was refused.</returns>
    public static DateOnly? Parse(Date? date, in FieldPath field, Violations violations, Reason? missing = null)
    {
        if (date is not null)
            return ParseOptional(date, field, violations);
        violations.Add(field, missing ?? WireReasons.DateMissing, null, Allowed);
        return null;
    }

    /// <summary>Reads a ship date, which must be given; absent is SHIP_DATE_MISSING.</summary>
    /// <returns>The date; null if it was refused.</returns>
    public static DateOnly? ParseShipDate(Date? date, in FieldPath field, Violations violations) =>
        Parse(date, field, violations, WireReasons.ShipDateMissing);

    /// <summary>Reads a date that may be absent.</summary>
    /// <returns>The date; null if it is absent or was refused.</returns>
    public static DateOnly? ParseOptional(Date? date, in FieldPath field, Violations violations)
    {
        if (date is null)
            return null;
        var exists = date.Year is >= Limits.YearMin and <= Limits.YearMax
            && date.Month is >= 1 and <= 12
            && date.Day >= 1
            && date.Day <= System.DateTime.DaysInMonth(date.Year, date.Month);
        if (exists)
            return new DateOnly(date.Year, date.Month, date.Day);
        violations.Add(field, WireReasons.DateInvalid, string.Create(CultureInfo.InvariantCulture, $"{date.Year}-{date.Month}-{date.Day}"), Allowed);
        return null;
    }

    /// <summary>Writes a date.</summary>
    public static Date Of(DateOnly date) => new() { Year = date.Year, Month = date.Month, Day = date.Day };

    /// <summary>Writes a date that may be absent.</summary>
    public static Date? Of(DateOnly? date) => date is { } given ? Of(given) : null;
}
