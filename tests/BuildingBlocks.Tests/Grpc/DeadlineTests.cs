using System.Diagnostics;
using Google.Rpc;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Tests.Probe;

namespace OrderTracking.BuildingBlocks.Tests.Grpc;

/// <summary>A deadline reaches the statement it is waiting for, and nothing is written after it.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    private const string Numbers = "with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 1000000000)";
    private const int TriesMax = 10;
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMilliseconds(300);
    private ProbeHost _host = null!;
    private volatile int _running;
    private DateTime _seenDeadline;

    public async ValueTask InitializeAsync()
    {
        _host = await ProbeHost.Start(Answer, limits: new GrpcLimitsOptions { DefaultDeadlineSeconds = 2, DeadlineSecondsMax = 60 });
        // The first call of a kind is compiled; that is not what is measured.
        await Outcomes.Of(Ask("read", TimeSpan.FromSeconds(1)), Ask("write", TimeSpan.FromSeconds(1)));
        await Eventually.Holds(() => Task.FromResult(_running == 0), "the first calls end");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    public async Task A_call_of_200_ms_over_a_query_of_5_s_ends_in_300_ms_on_both_sides(string question)
    {
        await EndsInTime(async () =>
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => Ask(question, Deadline));
            Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        });
        await NothingIsWritten();
    }

    [Fact]
    public async Task A_call_that_its_caller_cancels_ends_in_the_database_too()
    {
        await EndsInTime(async () =>
        {
            using var giveUp = new CancellationTokenSource(Deadline);
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
                await _host.Client.AskAsync(new AskRequest { Question = "write" }, _host.As("caller-1", "caller"), null, giveUp.Token));
            Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        });
        await NothingIsWritten();
    }

    [Fact]
    public async Task A_call_without_a_deadline_gets_the_servers()
    {
        var since = Stopwatch.GetTimestamp();
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await _host.Client.AskAsync(new AskRequest { Question = "read" }, _host.As("caller-1", "caller")));
        Assert.Equal((StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED"), (error.StatusCode, error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 1.9, 10);
    }

    [Fact]
    public async Task A_longer_deadline_than_the_longest_is_cut_and_a_shorter_one_kept()
    {
        await Ask("deadline", TimeSpan.FromHours(3));
        Assert.InRange(Remaining(), TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        await Ask("deadline", TimeSpan.FromSeconds(20));
        Assert.InRange(Remaining(), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_stream_has_no_deadline_but_its_callers()
    {
        using var call = _host.Client.Listen(new AskRequest { Question = "deadline" }, _host.As("caller-1", "caller"));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(DateTime.MaxValue, _seenDeadline);
    }

    // On a machine that has other work a try may be late by that work: then it is tried again.
    private async Task EndsInTime(Func<Task> call)
    {
        var took = TimeSpan.Zero;
        for (var tried = 0; tried < TriesMax; tried++)
        {
            var since = Stopwatch.GetTimestamp();
            await call();
            await Eventually.Holds(() => Task.FromResult(_running == 0), "the statement is interrupted");
            took = Stopwatch.GetElapsedTime(since);
            if (took < EndsWithin)
                return;
        }

        Assert.Fail($"It took {took}, and longer than {EndsWithin} each time.");
    }

    private TimeSpan Remaining() => _seenDeadline - TimeProvider.System.GetUtcNow().UtcDateTime;

    private async Task Ask(string question, TimeSpan deadline) => await _host.Client.AskAsync(
        new AskRequest { Question = question }, _host.As("caller-1", "caller"), TimeProvider.System.GetUtcNow().UtcDateTime + deadline);

    private async Task NothingIsWritten()
    {
        await _host.Db.Write(tx => ThingsDb.Insert(tx, "afterwards"));
        Assert.Equal(["afterwards"], await _host.Db.Names());
    }

    private async Task<AskResponse> Answer(AskRequest request, ServerCallContext context)
    {
        _seenDeadline = context.Deadline;
        Interlocked.Increment(ref _running);
        try
        {
            if (request.Question == "read")
                await _host.Db.Read(tx => tx.Scalar<long>($"{Numbers} select count(*) from numbers"), context.CancellationToken);
            else if (request.Question == "write")
                await _host.Db.Write(
                    tx => tx.Execute($"{Numbers} insert into things (id, name, size, flagged) select 'slow ' || n, 'slow', n, 0 from numbers"),
                    context.CancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }

        return new AskResponse();
    }
}
