using System.Diagnostics;

namespace OrderTracking.BuildingBlocks.Tests.Data;

/// <summary>A caller who gives up costs the database nothing more, and the other callers nothing at all.</summary>
public sealed class InterruptionTests : IAsyncLifetime
{
    // Some 5 seconds of counting on a machine of this decade, and far more than any limit here on every other.
    private const string Numbers = "with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 1000000000)";
    private const string SlowRead = $"{Numbers} select count(*) from numbers";
    private const string SlowWrite = $"{Numbers} insert into things (id, name, size, flagged) select 'slow ' || n, 'slow', n, 0 from numbers";
    private const int TriesMax = 10;
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMilliseconds(300);
    private readonly TemporaryDirectory _directory = new();
    private ThingsDb _db = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await ThingsDb.Create(_directory);
        // What runs first is compiled first; that is not what is measured.
        await Outcomes.Of(Cancelled(SlowRead, TimeSpan.FromMilliseconds(1)));
        await _db.Write(tx => ThingsDb.Insert(tx, "before"));
    }

    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(SlowRead)]
    [InlineData(SlowWrite)]
    public async Task A_write_is_interrupted_in_the_middle_of_its_statement_and_leaves_nothing(string sql)
    {
        await EndsInTime(() => Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cancelled(sql, Deadline)));
        await _db.Write(tx => ThingsDb.Insert(tx, "afterwards"));
        Assert.Equal(["before", "afterwards"], await _db.Names());
    }

    [Theory]
    [InlineData(SlowRead)]
    [InlineData(SlowWrite)]
    public async Task Everybody_else_in_the_batch_is_written_once_and_in_order(string sql)
    {
        var signals = new List<string>();
        using var gate = new ManualResetEventSlim();
        var gated = _db.Write(async tx =>
        {
            gate.Wait();
            await Write(tx, "gated", signals);
        });
        var first = _db.Write(tx => Write(tx, "first", signals));
        var refused = _db.Write(async tx =>
        {
            await Write(tx, "refused", signals);
            throw new FormatException();
        });
        var rehearsed = _db.Write(tx => Write(tx, "rehearsed", signals), validateOnly: true);
        using var giveUp = new CancellationTokenSource();
        var slow = _db.Write(
            async tx =>
            {
                await Write(tx, "slow", signals);
                giveUp.CancelAfter(Deadline);
                await tx.Execute(sql);
            },
            giveUp.Token);
        var last = _db.Write(tx => Write(tx, "last", signals));
        gate.Set();
        await Task.WhenAll(gated, first, rehearsed, last);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        await Assert.ThrowsAsync<FormatException>(() => refused);
        Assert.Equal(["before", "gated", "first", "last"], await _db.Names());
        Assert.Equal(["gated", "first", "last"], signals);
    }

    [Fact]
    public async Task Nobody_is_refused_for_the_change_of_one_who_has_gone()
    {
        using var gate = new ManualResetEventSlim();
        var gated = _db.Write(_ =>
        {
            gate.Wait();
            return Task.CompletedTask;
        });
        using var giveUp = new CancellationTokenSource();
        var gone = _db.Write(tx => ThingsDb.Insert(tx, "gone"), giveUp.Token);
        var second = _db.Write(async tx =>
        {
            if (await tx.Scalar<long>("select count(*) from things where name = 'gone'") > 0)
                throw new FormatException("The other was first.");
            await ThingsDb.Insert(tx, "second");
        });
        var slow = _db.Write(
            async tx =>
            {
                giveUp.CancelAfter(Deadline);
                await tx.Execute(SlowWrite);
            },
            giveUp.Token);
        gate.Set();
        await gated;
        await second;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(["before", "second"], await _db.Names());
    }

    [Fact]
    public async Task A_write_that_waits_is_given_up_at_once_and_never_runs()
    {
        using var gate = new ManualResetEventSlim();
        var running = _db.Write(_ =>
        {
            gate.Wait();
            return Task.CompletedTask;
        });
        await EndsInTime(async () =>
        {
            using var deadline = new CancellationTokenSource(Deadline);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _db.Write(tx => ThingsDb.Insert(tx, "never"), deadline.Token));
        });
        Assert.False(running.IsCompleted);
        gate.Set();
        await running;
        await _db.Write(tx => ThingsDb.Insert(tx, "afterwards"));
        Assert.Equal(["before", "afterwards"], await _db.Names());
    }

    [Fact]
    public async Task Who_gives_up_before_the_commit_has_written_nothing()
    {
        using var giveUp = new CancellationTokenSource();
        Action cancel = giveUp.Cancel;
        var write = _db.Write(
            async tx =>
            {
                await ThingsDb.Insert(tx, "never");
                cancel();
            },
            giveUp.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Equal(["before"], await _db.Names());
    }

    [Fact]
    public async Task An_interrupt_hits_nobody_who_comes_after()
    {
        for (var round = 0; round < 50; round++)
        {
            await Outcomes.Of(Cancelled(SlowRead, TimeSpan.FromMilliseconds(1)), Read(TimeSpan.FromMilliseconds(1)));
            Assert.Equal(1, await _db.Write(tx => tx.Scalar<long>("select count(*) from things")));
            Assert.Equal(1, await _db.Count());
        }
    }

    // On a machine that has other work a try may be late by that work: then it is tried again.
    private static async Task EndsInTime(Func<Task> call)
    {
        var took = TimeSpan.Zero;
        for (var tried = 0; tried < TriesMax; tried++)
        {
            var since = Stopwatch.GetTimestamp();
            await call();
            took = Stopwatch.GetElapsedTime(since);
            if (took < EndsWithin)
                return;
        }

        Assert.Fail($"It took {took}, and longer than {EndsWithin} each time.");
    }

    private static Task Write(OrderTracking.BuildingBlocks.Data.Tx tx, string name, List<string> signals)
    {
        tx.AfterCommit(() => signals.Add(name));
        return ThingsDb.Insert(tx, name);
    }

    private async Task Cancelled(string sql, TimeSpan after)
    {
        using var deadline = new CancellationTokenSource(after);
        await _db.Write(tx => tx.Execute(sql), deadline.Token);
    }

    private async Task Read(TimeSpan after)
    {
        using var deadline = new CancellationTokenSource(after);
        await Task.Run(() => _db.Read(tx => tx.Scalar<long>(SlowRead), deadline.Token));
    }
}
