using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace OrderTracking.ShipmentService.Tests.Service;

/// <summary>What tests need of gRPC calls.</summary>
internal static class Calls
{
    public static CallInvoker Intercepted(this GrpcChannel channel, string token) => channel.Intercept(metadata =>
    {
        metadata.Add("authorization", $"Bearer {token}");
        return metadata;
    });

    /// <summary>The error of a call that must be refused, with its details.</summary>
    public static async Task<Refused> Refused(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        var status = error.GetRpcStatus();
        Assert.NotNull(status);
        var info = Assert.Single(status.Details, detail => detail.Is(ErrorInfo.Descriptor)).Unpack<ErrorInfo>();
        Assert.Equal("ordertracking", info.Domain);
        return new Refused(error.StatusCode, info, status);
    }
}

internal sealed record Refused(StatusCode Code, ErrorInfo Info, Google.Rpc.Status Status)
{
    public string Reason => Info.Reason;

    public IEnumerable<BadRequest.Types.FieldViolation> Fields => Status.GetDetail<BadRequest>()?.FieldViolations ?? [];

    public IEnumerable<PreconditionFailure.Types.Violation> Preconditions => Status.GetDetail<PreconditionFailure>()?.Violations ?? [];

    public bool HasRetryInfo => Status.GetDetail<RetryInfo>() is not null;
}
