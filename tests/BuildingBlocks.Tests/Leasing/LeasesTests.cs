using Microsoft.Extensions.Logging.Abstractions;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Leasing;

namespace OrderTracking.BuildingBlocks.Tests.Leasing;

/// <summary>Several processes on one file, each with a clock of its own.</summary>
public sealed class LeasesTests : IAsyncLifetime, IDisposable
{
    private const string Work = "work";
    private readonly TemporaryDirectory _directory = new();
    private readonly MovedClock _clockOfA = new();
    private readonly MovedClock _clockOfB = new();
    private ThingsDb _a = null!;
    private ThingsDb _b = null!;

    public async ValueTask InitializeAsync()
    {
        _a = Open(_directory, new LeaseOptions { Clock = _clockOfA });
        _b = Open(_directory, new LeaseOptions { Clock = _clockOfB });
        await _a.Migrate(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task One_process_has_a_lease_until_it_gives_it_back()
    {
        var lease = await Take(_a);
        Assert.NotNull(lease);
        Assert.Null(await Take(_b));
        Assert.Null(await Take(_a));
        Assert.False(await _b.Read(tx => _b.Leases.IsFree(tx, Work)));

        await _a.Write(tx => Leases.Release(tx, lease));
        var next = await Take(_b);
        Assert.True(next!.Fence > lease.Fence);
    }

    [Fact]
    public async Task What_is_renewed_is_kept_and_what_is_not_is_taken_over()
    {
        var lease = (await Take(_a))!;
        for (var i = 0; i < 5; i++)
        {
            Both(TimeSpan.FromSeconds(10));
            Assert.True(await _a.Write(tx => _a.Leases.Renew(tx, lease)));
            Assert.Null(await Take(_b));
        }

        Both(TimeSpan.FromSeconds(16));
        var taken = await Take(_b);
        Assert.NotNull(taken);
        Assert.False(await _a.Write(tx => _a.Leases.Renew(tx, lease)));
        // What the former holder gives back late is not its own.
        await _a.Write(tx => Leases.Release(tx, lease));
        Assert.True(await _b.Read(tx => Leases.IsHeld(tx, taken)));
    }

    [Fact]
    public async Task The_fence_lets_a_former_holder_write_nothing()
    {
        var lease = (await Take(_a))!;
        await Insert(_a, lease, "before");
        Both(TimeSpan.FromSeconds(16));
        var taken = (await Take(_b))!;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Insert(_a, lease, "after"));
        await Insert(_b, taken, "by b");
        Assert.Equal(["before", "by b"], await _a.Names());
    }

    [Fact]
    public async Task A_process_whose_clock_is_far_ahead_takes_over_once_and_writes_of_both_stay_apart()
    {
        var lease = (await Take(_a))!;
        _clockOfB.Add(TimeSpan.FromHours(1));
        var taken = await Take(_b);
        Assert.NotNull(taken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Insert(_a, lease, "after"));
        // The one whose clock is right does not take it back while it is renewed.
        for (var i = 0; i < 5; i++)
        {
            Both(TimeSpan.FromSeconds(10));
            Assert.True(await _b.Write(tx => _b.Leases.Renew(tx, taken)));
            Assert.Null(await Take(_a));
        }
    }

    [Fact]
    public async Task The_lease_of_a_dead_process_whose_clock_was_far_ahead_is_over_once_it_was_seen_unchanged_for_its_duration()
    {
        _clockOfA.Add(TimeSpan.FromHours(1));
        await Take(_a);
        Assert.Null(await Take(_b));
        _clockOfB.Add(TimeSpan.FromSeconds(14));
        Assert.Null(await Take(_b));
        _clockOfB.Add(TimeSpan.FromSeconds(2));
        Assert.NotNull(await Take(_b));
    }

    [Fact]
    public async Task A_lease_that_is_rolled_back_was_not_taken()
    {
        await _a.Write(tx => _a.Leases.TryTake(tx, Work), CancellationToken.None, validateOnly: true);
        Assert.NotNull(await Take(_b));
    }

    [Fact]
    public async Task Of_many_that_take_it_at_once_one_gets_it()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => Take(i % 2 == 0 ? _a : _b))));
        Assert.Single(tries, lease => lease is not null);
    }

    internal static ThingsDb Open(TemporaryDirectory directory, LeaseOptions leases) => new(
        new DbOptions { ConnectionName = "things", DataDirectory = directory.Path, Leases = leases }, NullLogger<ThingsDb>.Instance);

    private static Task<Lease?> Take(ThingsDb db) => db.Write(tx => db.Leases.TryTake(tx, Work));

    private static Task Insert(ThingsDb db, Lease lease, string name) => db.Write(async tx =>
    {
        await Leases.Require(tx, lease);
        await ThingsDb.Insert(tx, name);
    });

    private void Both(TimeSpan time)
    {
        _clockOfA.Add(time);
        _clockOfB.Add(time);
    }

    /// <summary>A machine's clock that a test moves; what it measures goes with it.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private TimeSpan _moved;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Add(TimeSpan time) => _moved += time;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2025, 6, 2, 12, 0, 0, TimeSpan.Zero) + _moved;

        public override long GetTimestamp() => _moved.Ticks;
    }
}
