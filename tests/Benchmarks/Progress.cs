using System.Diagnostics;
using System.Globalization;

namespace OrderTracking.Benchmarks;

/// <summary>Tells on standard error where a long run is; results go to standard output alone.</summary>
internal static class Progress
{
    private static readonly long Started = Stopwatch.GetTimestamp();

    public static Task Say(string what) =>
        Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"[{Stopwatch.GetElapsedTime(Started):mm\\:ss}] {what}"));
}
