using Google.Rpc;
using Grpc.Core;

namespace OrderTracking.SystemTests.Races;

/// <summary>How a call ended: done, or refused with a reason.</summary>
internal sealed record Answer(bool Done, string Reason)
{
    public override string ToString() => Done ? "done" : Reason;

    public static async Task<Answer> Of<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return new Answer(true, "");
        }
        catch (RpcException refused)
        {
            var reason = refused.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;
            return new Answer(false, reason ?? $"{refused.StatusCode}: {refused.Status.Detail}");
        }
    }
}
