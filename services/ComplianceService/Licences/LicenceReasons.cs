using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>Why changes of licences are refused. A name is part of the contract and never changes.</summary>
internal static class LicenceReasons
{
    /// <summary>The licence is in a state the change cannot start from.</summary>
    public static readonly Reason LicenceStateForbids = new("LICENCE_STATE_FORBIDS", StatusCode.FailedPrecondition);

    /// <summary>The amendment leaves a line less than is reserved and drawn of it; one violation a line.</summary>
    public static readonly Reason LicenceBelowUsed = new("LICENCE_BELOW_USED", StatusCode.FailedPrecondition);

    /// <summary>The licence has no line of that number.</summary>
    public static readonly Reason LicenceLineUnknown = new("LICENCE_LINE_UNKNOWN", StatusCode.InvalidArgument);

    /// <summary>No rule of the pack reads that control paragraph.</summary>
    public static readonly Reason ControlParagraphUnknown = new("CONTROL_PARAGRAPH_UNKNOWN", StatusCode.InvalidArgument);

    /// <summary>A tolerance is 0 to 100 percent.</summary>
    public static readonly Reason LicenceToleranceInvalid = new("LICENCE_TOLERANCE_INVALID", StatusCode.InvalidArgument);

    /// <summary>The kind is none of the known ones.</summary>
    public static readonly Reason LicenceKindUnknown = new("LICENCE_KIND_UNKNOWN", StatusCode.InvalidArgument);

    /// <summary>The rule has no such exception.</summary>
    public static readonly Reason ExceptionRuleInvalid = new("EXCEPTION_RULE_INVALID", StatusCode.InvalidArgument);

    /// <summary>An exception limits neither quantity nor value.</summary>
    public static readonly Reason ExceptionHasNoLimit = new("EXCEPTION_HAS_NO_LIMIT", StatusCode.InvalidArgument);

    /// <summary>The notification or the answer is dated in the future, or the answer before the notification.</summary>
    public static readonly Reason NotificationDateInvalid = new("NOTIFICATION_DATE_INVALID", StatusCode.InvalidArgument);

    /// <summary>The answer is positive or negative.</summary>
    public static readonly Reason AnswerMissing = new("ANSWER_MISSING", StatusCode.InvalidArgument);

    /// <summary>What it is asked for needs no notification.</summary>
    public static readonly Reason NotificationNotNeeded = new("NOTIFICATION_NOT_NEEDED", StatusCode.FailedPrecondition);

    /// <summary>No notification of the terms waits for an answer.</summary>
    public static readonly Reason NotificationNotOpen = new("NOTIFICATION_NOT_OPEN", StatusCode.FailedPrecondition);
}
