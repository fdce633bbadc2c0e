using Microsoft.Extensions.Logging.Abstractions;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Tests.Data;

/// <summary>Two processes that write to one file as hard as they can.</summary>
public sealed class TwoWritersTests(ITestOutputHelper output) : IDisposable
{
    private const int CallersEach = 32;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SlowestAllowed = TimeSpan.FromSeconds(5);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Both_get_on_and_nobody_fails_or_waits_for_long()
    {
        await using var a = await ThingsDb.Create(_directory);
        await using var b = await ThingsDb.Create(_directory);
        var (ofA, ofB) = (await Task.WhenAll(Press(a), Press(b))) is [var first, var second] ? (first, second) : default;
        output.WriteLine($"{ofA.Writes} and {ofB.Writes} writes; the slowest took {ofA.Slowest.TotalMilliseconds:F0} and {ofB.Slowest.TotalMilliseconds:F0} ms");
        Assert.Equal(ofA.Writes + ofB.Writes, await a.Count());
        Assert.True(ofA.Slowest < SlowestAllowed && ofB.Slowest < SlowestAllowed, $"{ofA.Slowest} {ofB.Slowest}");
        Assert.InRange((double)ofA.Writes / (ofA.Writes + ofB.Writes), 0.2, 0.8);
    }

    [Fact]
    public async Task One_that_writes_alone_waits_for_nobody()
    {
        await using var alone = await ThingsDb.Create(_directory);
        var (writes, slowest) = await Press(alone);
        output.WriteLine($"{writes} writes; the slowest took {slowest.TotalMilliseconds:F0} ms");
        Assert.Equal(writes, await alone.Count());
    }

    private static async Task<(long Writes, TimeSpan Slowest)> Press(ThingsDb db)
    {
        var start = TimeProvider.System.GetTimestamp();
        var slowest = 0L;
        var counts = await Task.WhenAll(Enumerable.Range(0, CallersEach).Select(_ => Task.Run(async () =>
        {
            var count = 0L;
            for (; TimeProvider.System.GetElapsedTime(start) < Duration; count++)
            {
                var began = TimeProvider.System.GetTimestamp();
                await db.Write(tx => ThingsDb.Insert(tx, "thing"));
                InterlockedMax(ref slowest, TimeProvider.System.GetElapsedTime(began).Ticks);
            }

            return count;
        })));
        return (counts.Sum(), TimeSpan.FromTicks(slowest));
    }

    private static void InterlockedMax(ref long target, long value)
    {
        var seen = Interlocked.Read(ref target);
        while (value > seen)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
