using System.Diagnostics;

namespace OrderTracking.Benchmarks.Walking;

/// <summary>Something begun at a steady rate, whether what was begun before has ended or not.</summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <param name="rate">So many a second.</param>
    /// <param name="span">For so long.</param>
    /// <param name="begin">Given the timestamp at which it was due: what is begun late is late.</param>
    public static async Task Run(int rate, TimeSpan span, Func<long, Task> begin)
    {
        var all = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        var count = (int)(rate * span.TotalSeconds);
        while (all.Count < count)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate));
            while (all.Count < due)
                all.Add(begin(started + (long)((all.Count + 1) * (double)Stopwatch.Frequency / rate)));
            await Task.Delay(Pause);
        }

        await Task.WhenAll(all);
    }

    /// <summary>The slowest of a hundred, in seconds.</summary>
    public static double Percentile99(IEnumerable<TimeSpan> taken)
    {
        var sorted = taken.Order().ToList();
        return sorted[(int)Math.Ceiling(sorted.Count * 0.99) - 1].TotalSeconds;
    }
}
