using System.Globalization;

namespace OrderTracking.SystemTests.Races;

/// <summary>How often a race is run. The short form runs always; ORDERTRACKING_RACES=1000 asks for the full one.</summary>
internal static class Tries
{
    private const int Short = 40;

    // So many tries run at a time: enough to collide, few enough that each is a race and not a queue.
    private const int AtATime = 8;

    public static int Count { get; } =
        int.Parse(Environment.GetEnvironmentVariable("ORDERTRACKING_RACES") ?? $"{Short}", CultureInfo.InvariantCulture);

    public static async Task<IReadOnlyList<T>> Run<T>(Func<int, Task<T>> attempt)
    {
        var results = new T[Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime };
        await Parallel.ForAsync(0, Count, options, async (number, _) => results[number] = await attempt(number));
        return results;
    }

    /// <summary>Starts both, the first to start changing from try to try, and waits for both.</summary>
    public static async Task<(TFirst First, TSecond Second)> Race<TFirst, TSecond>(
        int number, Func<Task<TFirst>> first, Func<Task<TSecond>> second)
    {
        // The head start grows by a little from try to try, so that the second falls into every moment of the first.
        var headStart = TimeSpan.FromMilliseconds(number / 2 % 20);
        if (number % 2 == 0)
        {
            var one = first();
            await Task.Delay(headStart);
            var other = second();
            return (await one, await other);
        }
        else
        {
            var other = second();
            await Task.Delay(headStart);
            var one = first();
            return (await one, await other);
        }
    }
}
