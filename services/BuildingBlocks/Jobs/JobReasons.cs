using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>Why calls about operations are refused, and why operations end without a response. A name never changes.</summary>
public static class JobReasons
{
    /// <summary>There is no such operation, or it was deleted.</summary>
    public static readonly Reason OperationUnknown = new("OPERATION_UNKNOWN", StatusCode.NotFound);

    /// <summary>The operation is another person's, and none of the caller's roles opens it.</summary>
    public static readonly Reason OperationNotAllowed = new("OPERATION_NOT_ALLOWED", StatusCode.PermissionDenied);

    /// <summary>Only a finished operation can be deleted; cancel it first.</summary>
    public static readonly Reason OperationNotFinished = new("OPERATION_NOT_FINISHED", StatusCode.FailedPrecondition);

    /// <summary>The time to wait is negative or cannot be read.</summary>
    public static readonly Reason OperationTimeoutInvalid = new("OPERATION_TIMEOUT_INVALID", StatusCode.InvalidArgument);

    /// <summary>Too many operations are unfinished; nothing was started.</summary>
    public static readonly Reason OperationsQueueFull = new("OPERATIONS_QUEUE_FULL", StatusCode.ResourceExhausted);

    /// <summary>The operation was cancelled before it was done.</summary>
    public static readonly Reason OperationCancelled = new("OPERATION_CANCELLED", StatusCode.Cancelled);

    /// <summary>The operation was begun again and again and never got further.</summary>
    public static readonly Reason OperationGivenUp = new("OPERATION_GIVEN_UP", StatusCode.Internal);
}
