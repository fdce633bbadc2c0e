using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>Why lists and clearances are refused. A name is part of the contract and never changes.</summary>
internal static class ListReasons
{
    public static readonly Reason ListNameInvalid = new("LIST_NAME_INVALID", StatusCode.InvalidArgument);

    /// <summary>The first message of an import is its header, every other one a piece of the file.</summary>
    public static readonly Reason ImportOutOfOrder = new("LIST_IMPORT_OUT_OF_ORDER", StatusCode.InvalidArgument);

    /// <summary>Lines of the file cannot be mended; every one is named.</summary>
    public static readonly Reason FileInvalid = new("LIST_FILE_INVALID", StatusCode.InvalidArgument);

    public static readonly Reason FileTooLarge = new("LIST_FILE_TOO_LARGE", StatusCode.InvalidArgument);

    /// <summary>The file is not the one the importer meant.</summary>
    public static readonly Reason FileDigestDiffers = new("LIST_FILE_DIGEST_DIFFERS", StatusCode.InvalidArgument);

    public static readonly Reason AsOfInvalid = new("LIST_AS_OF_INVALID", StatusCode.InvalidArgument);

    /// <summary>The snapshot in force is of a later day.</summary>
    public static readonly Reason SnapshotOlder = new("LIST_SNAPSHOT_OLDER", StatusCode.FailedPrecondition);

    public static readonly Reason SnapshotUnknown = new("LIST_SNAPSHOT_UNKNOWN", StatusCode.NotFound);

    /// <summary>It counts, counted or was rejected; import the list again.</summary>
    public static readonly Reason SnapshotAlreadyDecided = new("LIST_SNAPSHOT_ALREADY_DECIDED", StatusCode.FailedPrecondition);

    /// <summary>Another snapshot counts than the one it was compared with; import the list again.</summary>
    public static readonly Reason SnapshotOutdated = new("LIST_SNAPSHOT_OUTDATED", StatusCode.Aborted);

    public static readonly Reason ListUnknown = new("LIST_UNKNOWN", StatusCode.NotFound);
    public static readonly Reason EntryUnknown = new("LIST_ENTRY_UNKNOWN", StatusCode.NotFound);
    public static readonly Reason EntryNameInvalid = new("LIST_ENTRY_NAME_INVALID", StatusCode.InvalidArgument);
    public static readonly Reason ScoreOutOfRange = new("SCORE_OUT_OF_RANGE", StatusCode.InvalidArgument);

    /// <summary>A clearance is for 1 to 367 days of ship dates, the last not before the first.</summary>
    public static readonly Reason ClearanceWindowInvalid = new("CLEARANCE_WINDOW_INVALID", StatusCode.InvalidArgument);

    public static readonly Reason ClearanceMissing = new("CLEARANCE_MISSING", StatusCode.InvalidArgument);
    public static readonly Reason ClearanceUnknown = new("CLEARANCE_UNKNOWN", StatusCode.NotFound);

    /// <summary>Party and entry have a clearance, proposed or approved, on some of the same ship dates.</summary>
    public static readonly Reason ClearanceOverlaps = new("CLEARANCE_OVERLAPS", StatusCode.AlreadyExists);

    /// <summary>Somebody decided on it before.</summary>
    public static readonly Reason ClearanceNotProposed = new("CLEARANCE_NOT_PROPOSED", StatusCode.FailedPrecondition);

    public static readonly Reason ClearanceNotApproved = new("CLEARANCE_NOT_APPROVED", StatusCode.FailedPrecondition);

    /// <summary>The entry says something else by now, or is gone.</summary>
    public static readonly Reason ClearanceOutdated = new("CLEARANCE_OUTDATED", StatusCode.FailedPrecondition);
}
