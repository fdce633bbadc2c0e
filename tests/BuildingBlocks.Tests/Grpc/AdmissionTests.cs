using System.IO.Compression;
using System.Net;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Http;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Tests.Probe;

namespace OrderTracking.BuildingBlocks.Tests.Grpc;

/// <summary>Who is above a limit is told which, and when to come again; the others go on.</summary>
public sealed class AdmissionTests
{
    private static readonly AskRequest Question = new() { Question = "?" };

    [Fact]
    public async Task A_caller_above_its_rate_is_refused_and_others_are_not()
    {
        await using var host = await Start(new GrpcLimitsOptions { CallsPerSecondMax = 10, BurstSeconds = 1, AnonymousCallsPerSecondMax = 1 });
        var refusals = await Refused(() => host.Client.AskAsync(Question, host.As("busy", "caller")).ResponseAsync, 40);
        Assert.InRange(refusals.Count, 20, 30);
        Assert.All(refusals, refusal => AssertExhausted("RATE_LIMIT_EXCEEDED", refusal));
        await host.Client.AskAsync(Question, host.As("quiet", "caller"));
        await host.Client.AskAsync(Question, host.As("orders", "service"));

        var strangers = await Refused(() => host.Client.AskAsync(Question).ResponseAsync, 20);
        Assert.Contains(strangers, refusal => refusal.StatusCode == StatusCode.Unauthenticated);
        Assert.Contains(strangers, refusal => refusal.StatusCode == StatusCode.ResourceExhausted);
        var health = new Health.HealthClient(host.Channel);
        for (var call = 0; call < 50; call++)
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest())).Status);
    }

    [Fact]
    public async Task A_service_is_counted_by_its_own_generous_rate()
    {
        await using var host = await Start(new GrpcLimitsOptions { CallsPerSecondMax = 1, BurstSeconds = 1, ServiceCallsPerSecondMax = 10_000 });
        Assert.Empty(await Refused(() => host.Client.AskAsync(Question, host.As("orders", "service")).ResponseAsync, 200));
    }

    [Fact]
    public async Task A_call_above_what_the_process_runs_is_refused_and_the_place_is_given_back()
    {
        using var gate = new SemaphoreSlim(0);
        await using var host = await Start(new GrpcLimitsOptions { ConcurrentCallsMax = 2 }, gate);
        var running = Enumerable.Range(0, 2).Select(_ => host.Client.AskAsync(new AskRequest { Question = "wait" }, host.As("a", "caller")).ResponseAsync).ToList();
        await Eventually.Holds(() => Task.FromResult(_waiting == 2), "both calls run");
        AssertExhausted("CONCURRENCY_LIMIT_EXCEEDED", Assert.Single(await Refused(() => host.Client.AskAsync(Question, host.As("b", "caller")).ResponseAsync, 1)));
        gate.Release(2);
        await Task.WhenAll(running);
        await host.Client.AskAsync(Question, host.As("b", "caller"));
    }

    [Fact]
    public async Task A_caller_has_so_many_open_streams_and_no_more()
    {
        await using var host = await Start(new GrpcLimitsOptions { StreamsPerCallerMax = 2 });
        var open = new List<AsyncDuplexStreamingCall<AskRequest, AskResponse>>();
        for (var stream = 0; stream < 2; stream++)
        {
            open.Add(host.Client.Talk(host.As("watcher", "caller")));
            await open[^1].RequestStream.WriteAsync(Question);
            Assert.True(await open[^1].ResponseStream.MoveNext(CancellationToken.None));
        }

        AssertExhausted("STREAM_LIMIT_EXCEEDED", await Assert.ThrowsAsync<RpcException>(() => Listen(host, "watcher")));
        await Listen(host, "another");
        await host.Client.AskAsync(Question, host.As("watcher", "caller"));
        open.ForEach(call => call.Dispose());
        await Eventually.Holds(async () => await Outcome(() => Listen(host, "watcher")) is null, "the places are given back");
    }

    [Fact]
    public async Task Messages_above_what_the_process_holds_are_refused_until_others_are_done()
    {
        using var gate = new SemaphoreSlim(0);
        await using var host = await Start(new GrpcLimitsOptions { MessageBytesHeldMax = 4 * 1024 * 1024 }, gate);
        var large = new AskRequest { Question = "wait", Thing = new Thing { Tags = { Enumerable.Repeat(new string('x', 60_000), 50) } } };
        var running = host.Client.AskAsync(large, host.As("a", "caller")).ResponseAsync;
        await Eventually.Holds(() => Task.FromResult(_waiting == 1), "the large message is held");
        AssertExhausted("CONCURRENCY_LIMIT_EXCEEDED", Assert.Single(await Refused(() => host.Client.AskAsync(large, host.As("b", "caller")).ResponseAsync, 1)));
        await host.Client.AskAsync(Question, host.As("b", "caller"));
        gate.Release();
        await running;
        gate.Release();
        await host.Client.AskAsync(large, host.As("b", "caller"));
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_is_unpacked()
    {
        await using var host = await Start(new GrpcLimitsOptions { ReceivedMessageBytesMax = 2 * 1024 * 1024 });
        using var channel = GrpcChannel.ForAddress(host.Channel.Target.StartsWith("http", StringComparison.Ordinal) ? host.Channel.Target : $"http://{host.Channel.Target}", new GrpcChannelOptions
        {
            CompressionProviders = [new GzipCompressionProvider(CompressionLevel.Optimal)],
        });
        var client = new ProbeService.ProbeServiceClient(channel);
        var headers = host.As("bomber", "caller");
        headers.Add("grpc-internal-encoding-request", "gzip");
        var bomb = new AskRequest { Question = new string('0', 200_000_000) };
        AssertReason("MESSAGE_TOO_LARGE", StatusCode.ResourceExhausted, await Assert.ThrowsAsync<RpcException>(async () => await client.AskAsync(bomb, headers)));
        using var talk = client.Talk(headers);
        await talk.RequestStream.WriteAsync(bomb);
        AssertReason("MESSAGE_TOO_LARGE", StatusCode.ResourceExhausted, await Assert.ThrowsAsync<RpcException>(() => talk.ResponseStream.MoveNext(CancellationToken.None)));
        Assert.Equal("?", (await client.AskAsync(Question, headers)).Answer);
    }

    [Theory]
    [InlineData("Ask")]
    [InlineData("Talk")]
    public async Task A_message_that_cannot_be_read_is_the_callers_fault(string method)
    {
        await using var host = await Start(new GrpcLimitsOptions());
        var bytes = Marshallers.Create(message => message, message => message);
        var path = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "ordertracking.probe.v1.ProbeService", method, bytes, bytes);
        // A text of 200 bytes of which one is there; a group that is never closed; a thousand messages within each other.
        foreach (var wire in (byte[][])[[0x0A, 0xC8, 0x01, 0x41], [0x0B], [.. Enumerable.Repeat((byte)0x0B, 1_000)]])
        {
            using var call = host.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(path, null, new CallOptions(host.As("x", "caller")));
            await call.RequestStream.WriteAsync(wire);
            await call.RequestStream.CompleteAsync();
            AssertReason("REQUEST_MALFORMED", StatusCode.InvalidArgument, await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None)));
        }

        Assert.DoesNotContain(host.Logged, line => line.Contains("CallFailed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_or_list_no_field_may_have_is_refused_whatever_the_field()
    {
        await using var host = await Start(new GrpcLimitsOptions());
        var request = new AskRequest { Question = new string('x', 65_537), Thing = new Thing { Title = new string('x', 65_536), Tags = { Enumerable.Repeat("", 10_001) } } };
        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.AskAsync(request, host.As("x", "caller")));
        AssertReason("FIELD_TOO_LARGE", StatusCode.InvalidArgument, error);
        Assert.Equal(["question", "thing.tags"], error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public void Callers_that_are_invented_share_one_count_and_the_table_stays_bounded()
    {
        using var callers = new CallerLimits(new GrpcLimitsOptions { CallersCountedMax = 10, AnonymousCallsPerSecondMax = 1, BurstSeconds = 1 });
        var taken = Enumerable.Range(0, 1_000).Count(number => callers.Of(From($"10.0.{number / 250}.{number % 250}")).TryCall());
        Assert.InRange(callers.Counted, 10, 11);
        Assert.InRange(taken, 10, 13);
        Assert.Same(callers.Of(From("2001:db8::1")), callers.Of(From("2001:db8::2")));
    }

    private volatile int _waiting;

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    private Task<ProbeHost> Start(GrpcLimitsOptions limits, SemaphoreSlim? gate = null) => ProbeHost.Start(
        async (request, context) =>
        {
            if (request.Question == "wait")
            {
                Interlocked.Increment(ref _waiting);
                await gate!.WaitAsync(context.CancellationToken);
            }

            return new AskResponse { Answer = request.Question };
        },
        limits: limits);

    private static async Task Listen(ProbeHost host, string subject)
    {
        using var call = host.Client.Listen(Question, host.As(subject, "caller"));
        await call.ResponseStream.MoveNext(CancellationToken.None);
    }

    private static async Task<List<RpcException>> Refused(Func<Task> call, int times)
    {
        var refused = new List<RpcException>();
        for (var time = 0; time < times; time++)
            if (await Outcome(call) is { } error)
                refused.Add(error);
        return refused;
    }

    private static async Task<RpcException?> Outcome(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (RpcException error)
        {
            return error;
        }
    }

    private static void AssertExhausted(string reason, RpcException error)
    {
        AssertReason(reason, StatusCode.ResourceExhausted, error);
        Assert.True(error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
    }

    private static void AssertReason(string reason, StatusCode code, RpcException error) =>
        Assert.Equal((code, reason), (error.StatusCode, error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));
}
