using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace OrderTracking.OrderService.Tests.Service;

/// <summary>Waiting without sleeping, and refusals as callers see them.</summary>
internal static class Expect
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads until the value is as expected.</summary>
    public static async Task<T> Eventually<T>(Func<Task<T>> read, Func<T, bool> expected)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (expected(value))
                return value;
            if (TimeProvider.System.GetElapsedTime(started) > Deadline)
                Assert.Fail($"It did not become so within {Deadline}: {value}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>The refusal of a call, with exactly one ErrorInfo.</summary>
    public static async Task<RefusedCall> Refused(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        var status = error.GetRpcStatus();
        Assert.NotNull(status);
        var info = Assert.Single(status.Details, detail => detail.Is(ErrorInfo.Descriptor)).Unpack<ErrorInfo>();
        Assert.Equal("ordertracking", info.Domain);
        return new RefusedCall(
            error.StatusCode, info.Reason, [.. status.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Reason) ?? []], status.GetDetail<RetryInfo>() is not null);
    }

    /// <inheritdoc cref="Refused(Func{Task})"/>
    public static Task<RefusedCall> Refused<T>(AsyncUnaryCall<T> call) => Refused(() => call.ResponseAsync);
}

internal sealed record RefusedCall(StatusCode Code, string Reason, IReadOnlyList<string> Fields, bool MayRetry);
