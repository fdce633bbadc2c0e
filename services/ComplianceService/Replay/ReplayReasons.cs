using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>Why replays and look-backs are refused. A name is part of the contract and never changes.</summary>
internal static class ReplayReasons
{
    /// <summary>The last day lies before the first.</summary>
    public static readonly Reason ShipDatesInvalid = new("SHIP_DATES_INVALID", StatusCode.InvalidArgument);
}
