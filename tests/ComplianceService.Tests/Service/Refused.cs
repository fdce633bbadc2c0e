using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Service;

/// <summary>What a refused call told.</summary>
internal sealed record Refused(StatusCode Code, string Reason, IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<PreconditionFailure.Types.Violation> Violations)
{
    public static async Task<Refused> By<T>(Func<Task<T>> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        var status = error.GetRpcStatus() ?? throw new InvalidOperationException($"No details in {error.Status}");
        var info = status.GetDetail<ErrorInfo>();
        return new Refused(
            error.StatusCode, info.Reason, info.Metadata.ToDictionary(), [.. status.GetDetail<PreconditionFailure>()?.Violations ?? []]);
    }
}
