using Google.Rpc;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Tests.Probe;

namespace OrderTracking.BuildingBlocks.Tests.Grpc;

public sealed class RefusalTests : IAsyncLifetime
{
    private static readonly Reason Forbidden = new("RULE_FORBIDS", StatusCode.FailedPrecondition);
    private ProbeHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ProbeHost.Start(Answer);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("refuse")]
    [InlineData("violations")]
    [InlineData("defect")]
    [InlineData("busy")]
    public async Task Every_kind_of_call_fails_with_exactly_one_error_info(string question)
    {
        var request = new AskRequest { Question = question };
        var headers = _host.As("caller-1", "caller");
        foreach (var call in (Func<Task>[])[() => Unary(request, headers), () => ServerStream(request, headers), () => ClientStream(request, headers), () => BothStreams(request, headers)])
        {
            var error = await Assert.ThrowsAsync<RpcException>(call);
            var details = error.GetRpcStatus()!.Details;
            Assert.Single(details, detail => detail.Is(ErrorInfo.Descriptor));
            Assert.Equal(details.Count, details.Select(detail => detail.TypeUrl).Distinct().Count());
            Assert.Equal("ordertracking", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Domain);
        }
    }

    [Fact]
    public async Task A_refusal_carries_reason_metadata_preconditions_and_retry()
    {
        var (error, info) = await Refused("refuse");
        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Equal("RULE_FORBIDS", info.Reason);
        Assert.Equal("shipments/1", info.Metadata["name"]);
        var violations = error.GetRpcStatus()!.GetDetail<PreconditionFailure>()!.Violations;
        Assert.Equal(["rules/A", "rules/B"], violations.Select(violation => violation.Subject));
        Assert.Equal(2.5, error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan().TotalSeconds);
    }

    [Fact]
    public async Task All_violations_come_at_once_each_with_its_reason()
    {
        var (error, info) = await Refused("violations");
        Assert.Equal((StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID"), (error.StatusCode, info.Reason));
        var found = error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations;
        Assert.Equal([("name", "NAME_INVALID"), ("page_size", "PAGE_SIZE_NEGATIVE")], found.Select(violation => (violation.Field, violation.Reason)));
        Assert.Contains("'x y'", found[0].Description, StringComparison.Ordinal);
        Assert.Contains("0 or more", found[1].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sole_reason_is_the_reason_of_the_refusal()
    {
        var (error, info) = await Refused("violation");
        Assert.Equal((StatusCode.InvalidArgument, "NAME_INVALID"), (error.StatusCode, info.Reason));
    }

    [Fact]
    public async Task A_defect_says_nothing_and_is_logged_once_with_its_trace()
    {
        var (error, info) = await Refused("defect");
        Assert.Equal((StatusCode.Internal, "INTERNAL"), (error.StatusCode, info.Reason));
        Assert.DoesNotContain("secret", error.Status.Detail, StringComparison.Ordinal);
        var line = Assert.Single(_host.Logged, line => line.Contains("secret", StringComparison.Ordinal));
        Assert.Contains("CallFailed", line, StringComparison.Ordinal);
        Assert.Contains(info.Metadata["trace_id"], line, StringComparison.Ordinal);
        Assert.NotEmpty(info.Metadata["trace_id"]);
    }

    [Fact]
    public async Task A_busy_database_is_to_be_tried_again()
    {
        var (error, info) = await Refused("busy");
        Assert.Equal((StatusCode.Aborted, "STORAGE_BUSY"), (error.StatusCode, info.Reason));
        Assert.NotNull(error.GetRpcStatus()!.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task A_refusal_of_another_service_is_passed_on_as_it_is()
    {
        var (error, info) = await Refused("relay:refuse");
        Assert.Equal((StatusCode.FailedPrecondition, "RULE_FORBIDS"), (error.StatusCode, info.Reason));
        Assert.Equal(2, error.GetRpcStatus()!.GetDetail<PreconditionFailure>()!.Violations.Count);
    }

    [Fact]
    public async Task An_unreachable_service_is_unavailable_with_a_time_to_retry()
    {
        var (error, info) = await Refused("unreachable");
        Assert.Equal((StatusCode.Unavailable, "SERVICE_UNREACHABLE"), (error.StatusCode, info.Reason));
        Assert.NotNull(error.GetRpcStatus()!.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task A_call_the_process_could_not_finish_is_to_be_repeated_and_is_no_defect()
    {
        var (error, info) = await Refused("stopping");
        Assert.Equal((StatusCode.Unavailable, "SERVICE_UNREACHABLE"), (error.StatusCode, info.Reason));
        Assert.NotNull(error.GetRpcStatus()!.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task A_deadline_that_passes_ends_the_call_on_both_sides()
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await _host.Client.AskAsync(new AskRequest { Question = "wait" }, _host.As("caller-1", "caller"), deadline));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await Eventually.Holds(() => Task.FromResult(_ended), "the server's side ends too");
    }

    [Fact]
    public async Task A_message_too_large_and_an_unknown_method_state_their_reason_too()
    {
        var large = await Assert.ThrowsAsync<RpcException>(async () =>
            await _host.Client.AskAsync(new AskRequest { Question = new string('x', 5_000_000) }, _host.As("caller-1", "caller")));
        Assert.Equal((StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE"), (large.StatusCode, large.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));

        var unknown = await Assert.ThrowsAsync<RpcException>(async () =>
            await new UnlistedService.UnlistedServiceClient(_host.Channel).AskAsync(new AskRequest(), _host.As("caller-1", "caller")));
        Assert.Equal((StatusCode.Unimplemented, "METHOD_UNKNOWN"), (unknown.StatusCode, unknown.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));
    }

    private volatile bool _ended;

    private async Task<AskResponse> Answer(AskRequest request, ServerCallContext context)
    {
        switch (request.Question)
        {
            case "refuse":
                throw new Refusal(Forbidden, "Two rules forbid it.")
                {
                    Metadata = new Dictionary<string, string> { ["name"] = "shipments/1" },
                    PreconditionViolations = [new("RULE", "rules/A", "first"), new("RULE", "rules/B", "second")],
                    RetryDelay = TimeSpan.FromSeconds(2.5),
                };
            case "stopping":
                throw new TaskCanceledException();
            case "violation" or "violations":
                var violations = new Violations();
                violations.Add("name", BuildingReasons.NameInvalid, "x y", "things/{id}");
                if (request.Question == "violations")
                    violations.Add("page_size", BuildingReasons.PageSizeNegative, "-1", "0 or more");
                violations.ThrowIfAny();
                break;
            case "defect":
                throw new KeyNotFoundException("secret");
            case "busy":
                throw new SqliteException("locked", 5);
            case "relay:refuse":
                return await _host.Services.GetRequiredService<ProbeService.ProbeServiceClient>().AskAsync(new AskRequest { Question = "refuse" });
            case "unreachable":
                throw new RpcException(new global::Grpc.Core.Status(StatusCode.Unavailable, "connection refused"));
            case "wait":
                try
                {
                    await Task.Delay(Timeout.Infinite, context.CancellationToken);
                }
                finally
                {
                    _ended = true;
                }

                break;
        }

        return new AskResponse { Answer = request.Question };
    }

    private async Task<(RpcException Error, ErrorInfo Info)> Refused(string question)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => Unary(new AskRequest { Question = question }, _host.As("caller-1", "caller")));
        return (error, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!);
    }

    private async Task Unary(AskRequest request, Metadata headers) => await _host.Client.AskAsync(request, headers);

    private async Task ServerStream(AskRequest request, Metadata headers)
    {
        using var call = _host.Client.Listen(request, headers);
        await call.ResponseStream.MoveNext(CancellationToken.None);
    }

    private async Task ClientStream(AskRequest request, Metadata headers)
    {
        using var call = _host.Client.Collect(headers);
        await call.RequestStream.WriteAsync(request);
        await call.ResponseAsync;
    }

    private async Task BothStreams(AskRequest request, Metadata headers)
    {
        using var call = _host.Client.Talk(headers);
        await call.RequestStream.WriteAsync(request);
        await call.ResponseStream.MoveNext(CancellationToken.None);
    }
}
