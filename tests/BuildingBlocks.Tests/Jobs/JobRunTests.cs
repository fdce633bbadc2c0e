using System.Globalization;
using Google.LongRunning;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;

namespace OrderTracking.BuildingBlocks.Tests.Jobs;

public sealed class JobRunTests : IDisposable
{
    private static readonly Reason Refused = new("NO_SUCH_LIST", StatusCode.NotFound);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_job_tells_of_its_progress_and_answers()
    {
        var half = new TaskCompletionSource();
        await using var host = await JobsHost.Start(_directory, Script.Steps(10, (step, _) => step == 5 ? half.Task : Task.CompletedTask));
        var asked = await host.Ask();
        Assert.False(asked.Done);
        await Eventually.Holds(async () => JobsHost.MetadataOf(await host.Get(asked)).Done == 5, "half is done");
        var middle = JobsHost.MetadataOf(await host.Get(asked));
        Assert.Equal((ScriptedJob.Name, "ana", 10L, 50), (middle.Kind, middle.Actor, middle.Total, middle.ProgressPercent));
        Assert.NotNull(middle.StartTime);
        Assert.Null(middle.EndTime);
        half.SetResult();
        var ended = await host.Ended(asked);
        Assert.Equal(10, ended.Response.Unpack<Int64Value>().Value);
        Assert.Equal(100, JobsHost.MetadataOf(ended).ProgressPercent);
    }

    [Fact]
    public async Task A_start_that_is_rolled_back_never_happened()
    {
        await using var host = await JobsHost.Start(_directory, Script.Steps(1));
        Assert.NotEmpty((await host.Ask(validateOnly: true)).Name);
        Assert.Equal(0, await host.Db.Count("jobs"));
    }

    [Fact]
    public async Task A_job_goes_on_from_its_checkpoint_after_a_restart()
    {
        Operation asked;
        await using (var host = await JobsHost.Start(_directory, Script.Steps(10, (step, stop) => step < 4 ? Task.CompletedTask : Task.Delay(-1, stop))))
        {
            asked = await host.Ask();
            await Eventually.Holds(async () => JobsHost.MetadataOf(await host.Get(asked)).Done == 4, "four steps are done");
        }

        var began = new List<int>();
        await using var again = await JobsHost.Start(_directory, Script.Steps(10, (step, _) =>
        {
            began.Add(step);
            return Task.CompletedTask;
        }));
        Assert.Equal(10, (await again.Ended(asked)).Response.Unpack<Int64Value>().Value);
        Assert.Equal([4, 5, 6, 7, 8, 9], began);
        Assert.Equal(10, await again.Db.Count());
    }

    [Fact]
    public async Task A_killed_processs_job_is_taken_over_when_its_lease_is_over()
    {
        Operation asked;
        await using (var host = await JobsHost.Start(_directory, Script.Steps(3, (_, stop) => Task.Delay(-1, stop))))
        {
            asked = await host.Ask();
            await Eventually.Holds(async () => JobsHost.MetadataOf(await host.Get(asked)).StartTime is not null, "it runs");
            await host.Stop();
            await Leave(host.Db, TimeSpan.FromMilliseconds(700));
        }

        await using var again = await JobsHost.Start(_directory, Script.Steps(3));
        var start = TimeProvider.System.GetTimestamp();
        await again.Ended(asked);
        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromMilliseconds(300), "taken while the lease held");
    }

    [Fact]
    public async Task A_runner_whose_job_was_taken_over_writes_nothing_more()
    {
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        // One place, which is taken: it cannot take the job over itself.
        await using var slow = await JobsHost.Start(_directory, Script.Steps(1, (_, _) =>
        {
            entered.TrySetResult();
            return go.Task;
        }), options => options with { RunningMax = 1, Lease = TimeSpan.FromHours(1), StopPatience = TimeSpan.FromSeconds(20) });
        var asked = await slow.Ask();
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        // The first process hangs for longer than its lease: no renewal, and another one looks.
        await Leave(slow.Db, TimeSpan.FromSeconds(-1));
        await using var other = await JobsHost.Start(_directory, Script.Steps(1));
        await other.Ended(asked);
        go.SetResult();
        await slow.DisposeAsync();
        Assert.Equal(1, await other.Db.Count());
    }

    [Fact]
    public async Task No_job_is_run_by_two_runners()
    {
        var script = new Script(async (run, text, db, _) =>
        {
            await db.Write(tx => ThingsDb.Insert(tx, text));
            return 0;
        });
        await using var one = await JobsHost.Start(_directory, script);
        await using var two = await JobsHost.Start(_directory, script);
        var asked = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => (number % 2 == 0 ? one : two).Ask($"{number}")));
        foreach (var operation in asked)
            await one.Ended(operation);
        Assert.Equal(Enumerable.Range(0, 40), (await one.Db.Names()).Select(name => int.Parse(name, CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task A_refusal_is_the_end_as_it_is_and_any_other_failure_tells_nothing()
    {
        await using var host = await JobsHost.Start(_directory, new Script((_, text, _, _) => throw (
            text == "refuse" ? new Refusal(Refused, "No such list.") : new InvalidDataException("secret"))));
        var refused = await host.Ended(await host.Ask("refuse"));
        Assert.Equal(((int)StatusCode.NotFound, "NO_SUCH_LIST"), (refused.Error.Code, JobsHost.ReasonOf(refused)));
        var failed = await host.Ended(await host.Ask("fail"));
        Assert.Equal(((int)StatusCode.Internal, "INTERNAL"), (failed.Error.Code, JobsHost.ReasonOf(failed)));
        Assert.DoesNotContain("secret", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partial_failures_are_listed_up_to_a_hundred_and_counted_beyond()
    {
        await using var host = await JobsHost.Start(_directory, new Script((run, _, _, _) =>
        {
            for (var line = 1; line <= 150; line++)
                run.Fault($"line {line}", "no country");
            return Task.FromResult(0L);
        }));
        var metadata = JobsHost.MetadataOf(await host.Ended(await host.Ask()));
        Assert.Equal((100, 150L, "line 1", "no country"), (metadata.Faults.Count, metadata.FaultCount, metadata.Faults[0].Subject, metadata.Faults[0].Reason));
    }

    [Fact]
    public async Task A_job_that_never_gets_further_is_given_up()
    {
        var runs = 0;
        await using var host = await JobsHost.Start(_directory, new Script((_, _, _, _) =>
        {
            Interlocked.Increment(ref runs);
            throw new OperationCanceledException();
        }));
        var ended = await host.Ended(await host.Ask());
        Assert.Equal(("OPERATION_GIVEN_UP", 5), (JobsHost.ReasonOf(ended), runs));
    }

    [Fact]
    public async Task A_job_that_does_not_listen_keeps_no_process_from_ending()
    {
        var never = new TaskCompletionSource<long>();
        var host = await JobsHost.Start(_directory, new Script((_, _, _, _) => never.Task));
        var asked = await host.Ask();
        await Eventually.Holds(async () => JobsHost.MetadataOf(await host.Get(asked)).StartTime is not null, "it runs");
        var start = TimeProvider.System.GetTimestamp();
        await host.Stop();
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
        Assert.Equal(1, await host.Db.Read(tx => tx.Scalar<long>("select count(*) from jobs where state = 'WAITING' and leased_until is null")));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task One_unfinished_job_too_many_is_refused()
    {
        await using var host = await JobsHost.Start(
            _directory, new Script(async (_, _, _, stop) =>
            {
                await Task.Delay(-1, stop);
                return 0;
            }), options => options with { UnfinishedMax = 2 });
        await host.Ask();
        await host.Ask();
        Assert.Equal("OPERATIONS_QUEUE_FULL", (await Assert.ThrowsAsync<Refusal>(() => host.Ask())).Reason.Name);
    }

    // As a process leaves it that was killed.
    private static async Task Leave(ThingsDb db, TimeSpan lease) => await db.Write(tx => tx.Execute(
        "update jobs set state = 'RUNNING', leased_until = @until", new { until = TimeProvider.System.GetUtcNow() + lease }));
}
