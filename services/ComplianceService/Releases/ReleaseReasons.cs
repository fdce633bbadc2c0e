using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>Why clearing a hold is refused, beside <see cref="ComplianceReasons"/>. A name is part of the contract and never changes.</summary>
internal static class ReleaseReasons
{
    /// <summary>The caller's roles do not clear holds of this class. Recorded in the audit trail.</summary>
    public static readonly Reason RoleMayNotClear = new("ROLE_MAY_NOT_CLEAR", StatusCode.PermissionDenied);

    /// <summary>NO_LONGER_APPLIES is for holds that have lapsed, and they take nothing else.</summary>
    public static readonly Reason ReasonCodeDoesNotFit = new("REASON_CODE_DOES_NOT_FIT", StatusCode.FailedPrecondition);

    /// <summary>A batch has 1 to 1,000 names.</summary>
    public static readonly Reason BatchSizeInvalid = new("BATCH_SIZE_INVALID", StatusCode.InvalidArgument);
}
