using Google.Rpc;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.OrderService.Changes;

/// <summary>What the shipment service meant when it did not take a change.</summary>
internal enum ShipmentAnswer
{
    /// <summary>It did not take the change and never will.</summary>
    Refused,

    /// <summary>Another change was taken under this revision: ask under the next one.</summary>
    RevisionSpent,

    /// <summary>Nobody knows whether it took the change: ask again.</summary>
    Unknown,
}

/// <summary>Tells a refusal from an answer that got lost.</summary>
internal static class ShipmentAnswers
{
    private const string Domain = "ordertracking";

    /// <summary>What an error of TakeOrderChange means.</summary>
    public static ShipmentAnswer Of(RpcException error)
    {
        var info = error.GetRpcStatus()?.GetDetail<ErrorInfo>();
        if (info?.Domain != Domain || info.Reason == BuildingReasons.StorageBusy.Name)
            return ShipmentAnswer.Unknown;
        if (info.Reason is "ORDER_REVISION_TAKEN" or "ORDER_REVISION_SUPERSEDED")
            return ShipmentAnswer.RevisionSpent;
        return error.StatusCode
            is StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.Aborted or StatusCode.NotFound or StatusCode.OutOfRange
            ? ShipmentAnswer.Refused
            : ShipmentAnswer.Unknown;
    }
}
