using Google.Rpc;
using Grpc.Core;

namespace OrderTracking.SystemTests.Races;

/// <summary>How a call ended: with a shipment's or an order's name, or refused with a reason.</summary>
internal sealed record Answer(bool Done, string Reason)
{
    public static async Task<Answer> Of<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return new Answer(true, "");
        }
        catch (RpcException refused)
        {
            return new Answer(false, refused.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? $"{refused.StatusCode}: {refused.Status.Detail}");
        }
    }
}
