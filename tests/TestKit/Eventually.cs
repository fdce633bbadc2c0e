using System.Collections;
using System.Diagnostics;

namespace OrderTracking.TestKit;

/// <summary>Waits for what will be, with a deadline, instead of for a while.</summary>
public static class Eventually
{
    /// <summary>How long is waited unless a test says otherwise.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads until what was read is as it should be, and returns it.</summary>
    /// <exception cref="TimeoutException">It was not within the deadline; shows what was read last.</exception>
    public static async Task<T> Becomes<T>(string what, Func<Task<T>> read, Func<T, bool> asItShouldBe, TimeSpan? deadline = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (asItShouldBe(value))
                return value;
            if (Stopwatch.GetElapsedTime(since) > (deadline ?? Deadline))
                throw new TimeoutException($"It did not become true within {deadline ?? Deadline} that {what}. Last seen: {Shown(value)}");
            await Task.Delay(Interval);
        }
    }

    /// <summary>Asks until the answer is yes.</summary>
    /// <exception cref="TimeoutException">It was not within the deadline.</exception>
    public static Task Becomes(string what, Func<Task<bool>> condition, TimeSpan? deadline = null) =>
        Becomes(what, condition, yes => yes, deadline);

    private static string Shown(object? value) =>
        value is IEnumerable items and not string ? $"[{string.Join(", ", items.Cast<object?>())}]" : $"{value}";
}
