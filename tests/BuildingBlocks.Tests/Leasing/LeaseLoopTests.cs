using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using OrderTracking.BuildingBlocks.Leasing;

namespace OrderTracking.BuildingBlocks.Tests.Leasing;

/// <summary>Work that has one owner, with leases short enough to watch.</summary>
public sealed class LeaseLoopTests : IAsyncLifetime, IDisposable
{
    private static readonly LeaseOptions Quick = new()
    {
        Duration = TimeSpan.FromMilliseconds(600),
        LookInterval = TimeSpan.FromMilliseconds(20),
    };

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentQueue<string> _ran = [];
    private ThingsDb _a = null!;
    private ThingsDb _b = null!;

    public async ValueTask InitializeAsync()
    {
        _a = LeasesTests.Open(_directory, Quick);
        _b = LeasesTests.Open(_directory, Quick);
        await _a.Migrate(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Work_runs_in_one_process_and_goes_to_the_other_when_the_first_stops_in_order()
    {
        using var stopA = new CancellationTokenSource();
        using var stopB = new CancellationTokenSource();
        var a = Loop(_a, "a", stopA.Token);
        await Eventually.Holds(() => Task.FromResult(_ran.Contains("a")), "a works");
        var b = Loop(_b, "b", stopB.Token);
        // Longer than the lease: it is kept by being renewed.
        await Task.Delay(Quick.Duration * 2, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("b", _ran);

        await stopA.CancelAsync();
        await a;
        var given = TimeProvider.System.GetTimestamp();
        await Eventually.Holds(() => Task.FromResult(_ran.Contains("b")), "b works");
        Assert.True(TimeProvider.System.GetElapsedTime(given) < Quick.Duration, "a lease that is given back is not waited for");
        await stopB.CancelAsync();
        await b;
        Assert.Equal(0, await _a.Count("leases"));
    }

    [Fact]
    public async Task Work_stops_at_once_when_its_lease_is_taken_and_is_taken_up_again_when_it_is_free()
    {
        using var stop = new CancellationTokenSource();
        var a = Loop(_a, "a", stop.Token);
        await Eventually.Holds(() => Task.FromResult(_ran.Contains("a")), "a works");
        // As another process would that takes this one for dead.
        var thief = await _b.Write(async tx =>
        {
            await Leases.ReleaseAll(tx);
            return await _b.Leases.TryTake(tx, "loop");
        });
        await Eventually.Holds(() => Task.FromResult(_ran.Contains("a ended")), "a stops");
        await _b.Write(tx => Leases.Release(tx, thief!));
        await Eventually.Holds(() => Task.FromResult(_ran.Count(what => what == "a") == 2), "a works again");
        await stop.CancelAsync();
        await a;
    }

    [Fact]
    public async Task Work_that_fails_is_begun_again()
    {
        using var stop = new CancellationTokenSource();
        var tries = 0;
        var loop = new LeaseLoop(_a, "loop", NullLogger.Instance).Run(
            (_, ending) => ++tries < 3 ? throw new InvalidOperationException("broken") : Task.Delay(Timeout.Infinite, ending), stop.Token);
        await Eventually.Holds(() => Task.FromResult(tries == 3), "the third try");
        await stop.CancelAsync();
        await loop;
    }

    private Task Loop(ThingsDb db, string name, CancellationToken stopping) => new LeaseLoop(db, "loop", NullLogger.Instance).Run(
        async (_, ending) =>
        {
            _ran.Enqueue(name);
            try
            {
                await Task.Delay(Timeout.Infinite, ending);
            }
            finally
            {
                _ran.Enqueue(name + " ended");
            }
        },
        stopping);
}
