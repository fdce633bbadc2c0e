using System.Globalization;
using System.Reflection;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Type;
using Enum = System.Enum;

namespace OrderTracking.Admin;

/// <summary>Values as a person reads them.</summary>
internal static class Cell
{
    /// <summary>The name the API has for it: the one that filters and JSON take.</summary>
    public static string Text<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        typeof(TEnum).GetField(value.ToString())?.GetCustomAttribute<OriginalNameAttribute>()?.Name is { } name && !name.EndsWith("UNSPECIFIED", StringComparison.Ordinal)
            ? name
            : "";

    public static string Text(Timestamp? time) =>
        time is null ? "" : time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Text(Date? date) => date is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}-{date.Day:00}");

    public static string Text(Money? money) =>
        money is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{money.DecimalValue:#,0.00#######} {money.CurrencyCode}");

    public static string Text(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Text(Duration? time) => time is null ? "" : Text(time.ToTimeSpan());

    /// <summary>Two units are enough to judge an age by.</summary>
    public static string Text(TimeSpan time) => time switch
    {
        { Days: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time.Hours} h"),
        { Hours: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min"),
        { Minutes: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(time.TotalSeconds, 0):0.#} s"),
    };

    /// <summary>How long ago something was.</summary>
    public static string Age(Timestamp? since) => since is null ? "" : Text(TimeProvider.System.GetUtcNow() - since.ToDateTimeOffset());

    /// <summary>A resource's own id, which every command takes in place of its name.</summary>
    public static string Id(string name) => name[(name.LastIndexOf('/') + 1)..];

    public static string Lines(IEnumerable<string> texts) => string.Join('\n', texts);
}
