using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService;

/// <summary>Why decisions, holds and permits are refused. A name is part of the contract and never changes.</summary>
internal static class ComplianceReasons
{
    /// <summary>The second person must not be the first. Recorded in the audit trail.</summary>
    public static readonly Reason SamePerson = new("SAME_PERSON", StatusCode.PermissionDenied);

    public static readonly Reason DecisionUnknown = new("DECISION_UNKNOWN", StatusCode.NotFound);
    public static readonly Reason HoldUnknown = new("HOLD_UNKNOWN", StatusCode.NotFound);
    public static readonly Reason ReleaseUnknown = new("RELEASE_UNKNOWN", StatusCode.NotFound);
    public static readonly Reason PermitUnknown = new("PERMIT_UNKNOWN", StatusCode.NotFound);
    public static readonly Reason ShipmentUnknown = new("SHIPMENT_UNKNOWN", StatusCode.NotFound);

    public static readonly Reason HoldReasonUnknown = new("HOLD_REASON_UNKNOWN", StatusCode.InvalidArgument);
    public static readonly Reason ReasonCodeUnknown = new("REASON_CODE_UNKNOWN", StatusCode.InvalidArgument);
    public static readonly Reason NoteInvalid = new("NOTE_INVALID", StatusCode.InvalidArgument);
    public static readonly Reason OwnerInvalid = new("OWNER_INVALID", StatusCode.InvalidArgument);
    public static readonly Reason ReleaseWindowInvalid = new("RELEASE_WINDOW_INVALID", StatusCode.InvalidArgument);
    public static readonly Reason ShipmentRevisionInvalid = new("SHIPMENT_REVISION_INVALID", StatusCode.InvalidArgument);

    /// <summary>The hold is not open: a release is proposed already, or it is settled or voided.</summary>
    public static readonly Reason HoldNotOpen = new("HOLD_NOT_OPEN", StatusCode.FailedPrecondition);

    /// <summary>The same stop stands already.</summary>
    public static readonly Reason HoldAlreadyOpen = new("HOLD_ALREADY_OPEN", StatusCode.AlreadyExists);

    /// <summary>Nothing settles a prohibition.</summary>
    public static readonly Reason HoldCannotBeReleased = new("HOLD_CANNOT_BE_RELEASED", StatusCode.FailedPrecondition);

    /// <summary>A licence requirement is never clicked away.</summary>
    public static readonly Reason LicenceRequiredForRelease = new("LICENCE_REQUIRED_FOR_RELEASE", StatusCode.FailedPrecondition);

    /// <summary>The licence does not cover the shipment; every mismatch is named.</summary>
    public static readonly Reason LicenceDoesNotCover = new("LICENCE_DOES_NOT_COVER", StatusCode.FailedPrecondition);

    /// <summary>The window must contain the day the shipment is decided for.</summary>
    public static readonly Reason ReleaseWindowMissesShipDate = new("RELEASE_WINDOW_MISSES_SHIP_DATE", StatusCode.FailedPrecondition);

    /// <summary>Somebody decided on the release before, or what it relied on is gone.</summary>
    public static readonly Reason ReleaseNotProposed = new("RELEASE_NOT_PROPOSED", StatusCode.FailedPrecondition);

    /// <summary>What the release relies on has changed: facts, amendment or effect.</summary>
    public static readonly Reason ReleaseOutdated = new("RELEASE_OUTDATED", StatusCode.FailedPrecondition);

    /// <summary>The goods have departed, came back or were cancelled.</summary>
    public static readonly Reason ShipmentGone = new("SHIPMENT_GONE", StatusCode.FailedPrecondition);

    /// <summary>The facts are not those compliance knows of this shipment. Read the shipment and ask again.</summary>
    public static readonly Reason FactsSuperseded = new("FACTS_SUPERSEDED", StatusCode.Aborted);

    /// <summary>Another request has the shipment's permit.</summary>
    public static readonly Reason AlreadyPermitted = new("ALREADY_PERMITTED", StatusCode.FailedPrecondition);

    /// <summary>The law or a hold forbids the dispatch; one violation a rule or reason.</summary>
    public static readonly Reason DispatchRefused = new("DISPATCH_REFUSED", StatusCode.FailedPrecondition);
}
