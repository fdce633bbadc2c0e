using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Tests.Data;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private ThingsDb _db = null!;

    public async ValueTask InitializeAsync() => _db = await ThingsDb.Create(_directory);

    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_failing_caller_leaves_the_others_of_its_batch()
    {
        var writes = Enumerable.Range(0, 500).Select(number => _db.Write(async tx =>
        {
            await ThingsDb.Insert(tx, $"{number}");
            if (number % 5 == 0)
                throw new FormatException($"{number}");
        })).ToList();
        await Outcomes.Of(writes);

        Assert.Equal(400, await _db.Count());
        for (var number = 0; number < writes.Count; number++)
        {
            if (number % 5 == 0)
                Assert.Equal($"{number}", (await Assert.ThrowsAsync<FormatException>(() => writes[number])).Message);
            else
                Assert.True(writes[number].IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task Whoever_waits_for_a_database_that_is_busy_is_told_together_and_soon()
    {
        await _db.Write(tx => ThingsDb.Insert(tx, "before"));
        List<Task> waiting;
        using (var other = new SqliteConnection($"Data Source={_directory.Path}/things.db;Pooling=False"))
        {
            other.Open();
            using var hold = other.CreateCommand();
            hold.CommandText = "begin immediate";
            hold.ExecuteNonQuery();
            var since = Stopwatch.GetTimestamp();
            waiting = [.. Enumerable.Range(0, 50).Select(number => _db.Write(tx => ThingsDb.Insert(tx, $"{number}")))];
            await Outcomes.Of(waiting);
            Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));
        }

        Assert.All(waiting, write => Assert.True(_db.Dialect.IsTransient(write.Exception!.InnerException!)));
        await _db.Write(tx => ThingsDb.Insert(tx, "after"));
        Assert.Equal(["before", "after"], await _db.Names());
    }

    [Fact]
    public async Task A_violated_key_fails_its_caller_only_and_is_recognised()
    {
        var id = Ids.Next();
        var writes = Enumerable.Range(0, 50)
            .Select(number => _db.Write(tx => ThingsDb.Insert(tx, new ThingRow { Id = id, Name = $"{number}" })))
            .ToList();
        await Outcomes.Of(writes);

        Assert.Equal(49, writes.Count(write => write.IsFaulted && _db.Dialect.IsUniqueViolation(write.Exception!.InnerException!)));
        Assert.Equal(1, await _db.Count());
    }

    [Fact]
    public async Task A_statement_that_failed_does_not_end_the_transaction()
    {
        var id = Ids.Next();
        await _db.Write(async tx =>
        {
            await ThingsDb.Insert(tx, new ThingRow { Id = id, Name = "first" });
            await Assert.ThrowsAnyAsync<Exception>(() => ThingsDb.Insert(tx, new ThingRow { Id = id, Name = "second" }));
            await ThingsDb.Insert(tx, "third");
        });
        Assert.Equal(["first", "third"], await _db.Names());
    }

    [Fact]
    public async Task Validate_only_answers_as_the_real_call_and_leaves_nothing()
    {
        var signalled = false;
        var count = await _db.Write(
            async tx =>
            {
                tx.AfterCommit(() => signalled = true);
                await ThingsDb.Insert(tx, "only a try");
                return await tx.Scalar<long>("select count(*) from things");
            },
            validateOnly: true);

        Assert.Equal(1, count);
        Assert.Equal(0, await _db.Count());
        Assert.False(signalled);
        await Assert.ThrowsAsync<FormatException>(() => _db.Write(_ => throw new FormatException(), validateOnly: true));
    }

    [Fact]
    public async Task Signals_run_after_the_commit_and_only_then()
    {
        var signals = new List<string>();
        await _db.Write(tx =>
        {
            tx.AfterCommit(() => signals.Add("kept"));
            return ThingsDb.Insert(tx, "kept");
        });
        await Assert.ThrowsAsync<FormatException>(() => _db.Write(tx =>
        {
            tx.AfterCommit(() => signals.Add("lost"));
            throw new FormatException();
        }));
        Assert.Equal(["kept"], signals);
    }

    [Fact]
    public async Task A_closure_that_awaits_other_work_is_refused_and_rolled_back()
    {
        var gate = new TaskCompletionSource();
        var write = _db.Write(async tx =>
        {
            await ThingsDb.Insert(tx, "early");
            await gate.Task;
            await ThingsDb.Insert(tx, "late");
        });
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => write);
        gate.SetResult();

        Assert.Contains("awaited", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _db.Count());
    }

    [Fact]
    public async Task A_closure_runs_under_its_callers_execution_context()
    {
        using var activity = new Activity("caller").Start();
        var seen = await _db.Write(_ => Task.FromResult(Activity.Current?.TraceId));
        Assert.Equal(activity.TraceId, seen);
    }

    [Fact]
    public async Task Continuations_do_not_run_on_the_writer()
    {
        string? writer = null;
        await _db.Write(_ =>
        {
            writer = Thread.CurrentThread.Name;
            return Task.CompletedTask;
        });
        Assert.Equal("writer of things", writer);
        Assert.NotEqual(writer, Thread.CurrentThread.Name);
    }

    [Fact]
    public async Task A_cancelled_caller_writes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _db.Write(tx => ThingsDb.Insert(tx, "never"), cancelled.Token));
        Assert.Equal(0, await _db.Count());
    }

    [Fact]
    public async Task What_waits_when_the_database_is_closed_is_written_or_refused()
    {
        var writes = Enumerable.Range(0, 2000).Select(number => _db.Write(tx => ThingsDb.Insert(tx, $"{number}"))).ToList();
        await _db.DisposeAsync();
        await Outcomes.Of(writes);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _db.Write(tx => ThingsDb.Insert(tx, "too late")));

        await using var reopened = await ThingsDb.Create(_directory);
        Assert.Equal(writes.Count(write => write.IsCompletedSuccessfully), await reopened.Count());
    }

    [Fact]
    public async Task A_full_queue_is_refused_at_once()
    {
        using var directory = new TemporaryDirectory();
        await using var db = await ThingsDb.Create(directory, queuedMax: 2);
        using var gate = new ManualResetEventSlim();
        var started = new TaskCompletionSource();
        var blocking = db.Write(_ =>
        {
            started.SetResult();
            gate.Wait();
            return Task.CompletedTask;
        });
        await started.Task;
        var queued = Enumerable.Range(0, 2).Select(_ => db.Write(tx => ThingsDb.Insert(tx, "queued"))).ToList();

        var refusal = await Assert.ThrowsAsync<Refusal>(() => db.Write(tx => ThingsDb.Insert(tx, "too many")));
        Assert.Equal("STORAGE_QUEUE_FULL", refusal.Reason.Name);
        gate.Set();
        await Task.WhenAll([blocking, .. queued]);
        Assert.Equal(2, await db.Count());
    }

    [Fact]
    public async Task A_batch_that_cannot_commit_fails_every_caller_and_the_writer_goes_on()
    {
        // A deferred key is checked by the commit itself.
        await _db.Write(tx => tx.Execute("create table parents (id integer primary key)"));
        await _db.Write(tx => tx.Execute("create table children (parent integer references parents (id) deferrable initially deferred)"));
        using var gate = new ManualResetEventSlim();
        var blocking = _db.Write(_ =>
        {
            gate.Wait();
            return Task.CompletedTask;
        });
        var writes = new[]
        {
            _db.Write(tx => ThingsDb.Insert(tx, "innocent")),
            _db.Write(tx => tx.Execute("insert into children (parent) values (1)")),
        };
        gate.Set();
        await Outcomes.Of([blocking, .. writes]);

        Assert.True(writes[1].IsFaulted);
        Assert.Equal(writes[0].IsCompletedSuccessfully ? 1 : 0, await _db.Count());
        await _db.Write(tx => ThingsDb.Insert(tx, "afterwards"));
        Assert.Contains("afterwards", await _db.Names());
    }

    [Fact]
    public async Task A_kept_transaction_is_dead_after_its_closure()
    {
        var kept = await _db.Write(Task.FromResult);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ThingsDb.Insert(kept, "late"));
    }
}
