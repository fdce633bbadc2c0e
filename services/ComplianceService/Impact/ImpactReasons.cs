using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>Why simulations and reports are refused. A name is part of the contract and never changes.</summary>
internal static class ImpactReasons
{
    /// <summary>Neither a proposed amendment nor a text is given.</summary>
    public static readonly Reason DraftMissing = new("DRAFT_MISSING", StatusCode.InvalidArgument);

    /// <summary>There is no such simulation: no operation, one of another kind, or a deleted one.</summary>
    public static readonly Reason SimulationUnknown = new("SIMULATION_UNKNOWN", StatusCode.NotFound);

    /// <summary>The simulation failed or was cancelled: its rows are not all there would be.</summary>
    public static readonly Reason SimulationIncomplete = new("SIMULATION_INCOMPLETE", StatusCode.FailedPrecondition);

    /// <summary>A row number is below 0.</summary>
    public static readonly Reason RowNegative = new("ROW_NEGATIVE", StatusCode.InvalidArgument);

    /// <summary>The direction is none of those there are.</summary>
    public static readonly Reason DirectionUnknown = new("DIRECTION_UNKNOWN", StatusCode.InvalidArgument);

    /// <summary>The first date lies after the last.</summary>
    public static readonly Reason ShippedDatesReversed = new("SHIPPED_DATES_REVERSED", StatusCode.InvalidArgument);
}
