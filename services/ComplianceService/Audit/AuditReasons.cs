using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>Why the audit trail refuses. A name is part of the contract and never changes.</summary>
internal static class AuditReasons
{
    public static readonly Reason LegalHoldUnknown = new("LEGAL_HOLD_UNKNOWN", StatusCode.NotFound);

    /// <summary>The range is none: a negative place, or an end before its beginning.</summary>
    public static readonly Reason AuditRangeInvalid = new("AUDIT_RANGE_INVALID", StatusCode.InvalidArgument);

    /// <summary>An anchor is a place and 64 lower-case hexadecimal digits, or neither.</summary>
    public static readonly Reason AnchorInvalid = new("ANCHOR_INVALID", StatusCode.InvalidArgument);

    /// <summary>A search needs at least one key.</summary>
    public static readonly Reason SearchKeyMissing = new("SEARCH_KEY_MISSING", StatusCode.InvalidArgument);

    public static readonly Reason RetentionKindUnknown = new("RETENTION_KIND_UNKNOWN", StatusCode.InvalidArgument);

    /// <summary>What is recorded has happened.</summary>
    public static readonly Reason RetentionDateInFuture = new("RETENTION_DATE_IN_FUTURE", StatusCode.InvalidArgument);

    /// <summary>One legal hold of a shipment is enough, and stands.</summary>
    public static readonly Reason LegalHoldAlreadyPlaced = new("LEGAL_HOLD_ALREADY_PLACED", StatusCode.AlreadyExists);

    public static readonly Reason LegalHoldAlreadyLifted = new("LEGAL_HOLD_ALREADY_LIFTED", StatusCode.FailedPrecondition);

    /// <summary>Nothing of the shipment is erased while a legal hold stands. Recorded in the audit trail.</summary>
    public static readonly Reason RecordsUnderLegalHold = new("RECORDS_UNDER_LEGAL_HOLD", StatusCode.FailedPrecondition);

    /// <summary>The records must be kept longer, or the transaction is not over. Recorded in the audit trail.</summary>
    public static readonly Reason RetentionNotOver = new("RETENTION_NOT_OVER", StatusCode.FailedPrecondition);

    /// <summary>There is nothing left but digests.</summary>
    public static readonly Reason RecordsErased = new("RECORDS_ERASED", StatusCode.FailedPrecondition);
}
