using Grpc.Core;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>Told of calls by somebody who is known and whose roles do not allow them, before he is told himself.</summary>
public interface IRefusedCalls
{
    /// <summary>Returns once the attempt is on disk, or at once where it need not be remembered. What it throws the caller gets.</summary>
    /// <param name="request">The message of the call; null where the caller streams several.</param>
    /// <param name="refusal">What the caller will be told.</param>
    /// <param name="context">The call.</param>
    Task Remember(object? request, Refusal refusal, ServerCallContext context);
}
