using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Outlook;

/// <summary>Why a look ahead is refused. A name is part of the contract and never changes.</summary>
internal static class OutlookReasons
{
    /// <summary>Neither a shipment nor facts are given.</summary>
    public static readonly Reason SubjectMissing = new("SUBJECT_MISSING", StatusCode.InvalidArgument);

    /// <summary>The first date lies after the last.</summary>
    public static readonly Reason DatesReversed = new("DATES_REVERSED", StatusCode.InvalidArgument);

    /// <summary>Days of handling or of the carrier are below 0 or too many.</summary>
    public static readonly Reason DaysOutOfRange = new("DAYS_OUT_OF_RANGE", StatusCode.InvalidArgument);
}
