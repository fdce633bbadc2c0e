using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ShipmentService;

/// <summary>Why the shipment service refuses a call. Names are stable.</summary>
internal static class ShipmentReasons
{
    /// <summary>No shipment has that name.</summary>
    public static readonly Reason ShipmentNotFound = new("SHIPMENT_NOT_FOUND", StatusCode.NotFound);

    /// <summary>A permit is being asked for; repeat once that has ended.</summary>
    public static readonly Reason ShipmentDispatching = new("SHIPMENT_DISPATCHING", StatusCode.Aborted);

    /// <summary>Compliance has not decided yet, or holds or blocks it: one violation a reason.</summary>
    public static readonly Reason ShipmentNotReady = new("SHIPMENT_NOT_READY", StatusCode.FailedPrecondition);

    /// <summary>It has left our hands.</summary>
    public static readonly Reason ShipmentAlreadyDispatched = new("SHIPMENT_ALREADY_DISPATCHED", StatusCode.FailedPrecondition);

    /// <summary>It has not left our hands.</summary>
    public static readonly Reason ShipmentNotDispatched = new("SHIPMENT_NOT_DISPATCHED", StatusCode.FailedPrecondition);

    /// <summary>It was cancelled.</summary>
    public static readonly Reason ShipmentCancelled = new("SHIPMENT_CANCELLED", StatusCode.FailedPrecondition);

    /// <summary>It came back.</summary>
    public static readonly Reason ShipmentReturned = new("SHIPMENT_RETURNED", StatusCode.FailedPrecondition);

    /// <summary>Compliance refused the permit: one violation a rule.</summary>
    public static readonly Reason DispatchRefused = new("DISPATCH_REFUSED", StatusCode.FailedPrecondition);

    /// <summary>Compliance could not decide what it was asked; the shipment stays and may be dispatched again.</summary>
    public static readonly Reason DispatchNotDecided = new("DISPATCH_NOT_DECIDED", StatusCode.Aborted);

    /// <summary>Compliance did not answer. The dispatch goes on; the same request_id learns how it ended.</summary>
    public static readonly Reason ComplianceUnreachable = new("COMPLIANCE_UNREACHABLE", StatusCode.Unavailable);

    /// <summary>More units are to be taken out than leave at least one behind.</summary>
    public static readonly Reason SplitQuantityTooLarge = new("SPLIT_QUANTITY_TOO_LARGE", StatusCode.FailedPrecondition);

    /// <summary>The order has as many shipments as it may have.</summary>
    public static readonly Reason ShipmentsTooMany = new("SHIPMENTS_TOO_MANY", StatusCode.FailedPrecondition);

    /// <summary>A planned ship date lies before today at the place of export.</summary>
    public static readonly Reason ShipDateInPast = new("SHIP_DATE_IN_PAST", StatusCode.InvalidArgument);

    /// <summary>A rescheduling names no date.</summary>
    public static readonly Reason DatesMissing = new("DATES_MISSING", StatusCode.InvalidArgument);

    /// <summary>The shipment's dates were changed as often as they may be.</summary>
    public static readonly Reason DateChangesTooMany = new("DATE_CHANGES_TOO_MANY", StatusCode.FailedPrecondition);

    /// <summary>The milestone is absent.</summary>
    public static readonly Reason MilestoneMissing = new("MILESTONE_MISSING", StatusCode.InvalidArgument);

    /// <summary>What was reported is not stated.</summary>
    public static readonly Reason MilestoneKindMissing = new("MILESTONE_KIND_MISSING", StatusCode.InvalidArgument);

    /// <summary>When it happened is not stated.</summary>
    public static readonly Reason EventTimeMissing = new("EVENT_TIME_MISSING", StatusCode.InvalidArgument);

    /// <summary>It is said to have happened at no instant, or too long ago to be true.</summary>
    public static readonly Reason EventTimeInvalid = new("EVENT_TIME_INVALID", StatusCode.InvalidArgument);

    /// <summary>It is said to have happened later than now.</summary>
    public static readonly Reason EventTimeInFuture = new("EVENT_TIME_IN_FUTURE", StatusCode.InvalidArgument);

    /// <summary>A milestone number is below zero.</summary>
    public static readonly Reason MilestoneNumberInvalid = new("MILESTONE_NUMBER_INVALID", StatusCode.InvalidArgument);

    /// <summary>The shipment has no milestone of the number that is to be corrected.</summary>
    public static readonly Reason MilestoneNotFound = new("MILESTONE_NOT_FOUND", StatusCode.FailedPrecondition);

    /// <summary>The milestone was corrected before; correct the correction.</summary>
    public static readonly Reason MilestoneAlreadySuperseded = new("MILESTONE_ALREADY_SUPERSEDED", StatusCode.FailedPrecondition);

    /// <summary>The shipment has as many milestones as it may have.</summary>
    public static readonly Reason MilestonesTooMany = new("MILESTONES_TOO_MANY", StatusCode.FailedPrecondition);

    /// <summary>A resume token is damaged or of another watch.</summary>
    public static readonly Reason ResumeTokenInvalid = new("RESUME_TOKEN_INVALID", StatusCode.InvalidArgument);

    /// <summary>The service is being stopped; go on with the resume token at another one or later.</summary>
    public static readonly Reason ServiceStopping = new("SERVICE_STOPPING", StatusCode.Unavailable);

    /// <summary>The order of a change is absent.</summary>
    public static readonly Reason OrderMissing = new("ORDER_MISSING", StatusCode.InvalidArgument);

    /// <summary>The order of a change has no line.</summary>
    public static readonly Reason OrderLinesMissing = new("ORDER_LINES_MISSING", StatusCode.InvalidArgument);

    /// <summary>Two lines of an order have one number, or a line has none.</summary>
    public static readonly Reason OrderLineNumberInvalid = new("ORDER_LINE_NUMBER_INVALID", StatusCode.InvalidArgument);

    /// <summary>An order revision is below 1.</summary>
    public static readonly Reason OrderRevisionInvalid = new("ORDER_REVISION_INVALID", StatusCode.InvalidArgument);

    /// <summary>Another change was taken under the same order revision.</summary>
    public static readonly Reason OrderRevisionTaken = new("ORDER_REVISION_TAKEN", StatusCode.Aborted);

    /// <summary>A later revision of the order was taken already.</summary>
    public static readonly Reason OrderRevisionSuperseded = new("ORDER_REVISION_SUPERSEDED", StatusCode.Aborted);

    /// <summary>More units of a line have left than it would have.</summary>
    public static readonly Reason QuantityAlreadyShipped = new("QUANTITY_ALREADY_SHIPPED", StatusCode.FailedPrecondition);

    /// <summary>Everything of the order has left.</summary>
    public static readonly Reason NothingLeftToCancel = new("NOTHING_LEFT_TO_CANCEL", StatusCode.FailedPrecondition);
}
