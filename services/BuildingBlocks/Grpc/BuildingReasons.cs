using Grpc.Core;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>The reasons every service shares.</summary>
public static class BuildingReasons
{
    /// <summary>No token, or one that is expired, of another issuer or not signed by it.</summary>
    public static readonly Reason TokenMissingOrInvalid = new("TOKEN_MISSING_OR_INVALID", StatusCode.Unauthenticated);

    /// <summary>None of the caller's roles may call the method.</summary>
    public static readonly Reason RoleNotAllowed = new("ROLE_NOT_ALLOWED", StatusCode.PermissionDenied);

    /// <summary>The request_id was used before with another content, method or actor.</summary>
    public static readonly Reason RequestIdReused = new("REQUEST_ID_REUSED", StatusCode.AlreadyExists);

    /// <summary>The request_id is not a UUID.</summary>
    public static readonly Reason RequestIdNotUuid = new("REQUEST_ID_NOT_UUID", StatusCode.InvalidArgument);

    /// <summary>The resource changed since the caller read it: read it again and repeat the change.</summary>
    public static readonly Reason EtagMismatch = new("ETAG_MISMATCH", StatusCode.Aborted);

    /// <summary>The method demands the etag of the resource as read.</summary>
    public static readonly Reason EtagRequired = new("ETAG_REQUIRED", StatusCode.InvalidArgument);

    /// <summary>The page token is damaged, or belongs to another filter or order.</summary>
    public static readonly Reason PageTokenInvalid = new("PAGE_TOKEN_INVALID", StatusCode.InvalidArgument);

    /// <summary>The filter cannot be read, or names a field that cannot be filtered by.</summary>
    public static readonly Reason FilterInvalid = new("FILTER_INVALID", StatusCode.InvalidArgument);

    /// <summary>The order cannot be read, or names a field that cannot be ordered by.</summary>
    public static readonly Reason OrderByInvalid = new("ORDER_BY_INVALID", StatusCode.InvalidArgument);

    /// <summary>The page size is below zero.</summary>
    public static readonly Reason PageSizeNegative = new("PAGE_SIZE_NEGATIVE", StatusCode.InvalidArgument);

    /// <summary>The update mask names a path the resource does not have.</summary>
    public static readonly Reason UpdateMaskInvalid = new("UPDATE_MASK_INVALID", StatusCode.InvalidArgument);

    /// <summary>The resource name does not have the form the method expects.</summary>
    public static readonly Reason NameInvalid = new("NAME_INVALID", StatusCode.InvalidArgument);

    /// <summary>Several fields are wrong for different reasons; each violation carries its own.</summary>
    public static readonly Reason SeveralFieldsInvalid = new("SEVERAL_FIELDS_INVALID", StatusCode.InvalidArgument);

    /// <summary>The database could not finish the transaction now; nothing was changed.</summary>
    public static readonly Reason StorageBusy = new("STORAGE_BUSY", StatusCode.Aborted);

    /// <summary>The database was lost while it committed: repeated with the same request_id, the call has its effect once.</summary>
    public static readonly Reason StorageOutcomeUnknown = new("STORAGE_OUTCOME_UNKNOWN", StatusCode.Unavailable);

    /// <summary>Too many transactions wait for the database; nothing was changed.</summary>
    public static readonly Reason StorageQueueFull = new("STORAGE_QUEUE_FULL", StatusCode.ResourceExhausted);

    /// <summary>Another service of the system could not be reached.</summary>
    public static readonly Reason ServiceUnreachable = new("SERVICE_UNREACHABLE", StatusCode.Unavailable);

    /// <summary>The message cannot be read: it is no protobuf of its type, is cut off, or is nested too deeply.</summary>
    public static readonly Reason RequestMalformed = new("REQUEST_MALFORMED", StatusCode.InvalidArgument);

    /// <summary>A field is longer, or has more elements, than any may.</summary>
    public static readonly Reason FieldTooLarge = new("FIELD_TOO_LARGE", StatusCode.InvalidArgument);

    /// <summary>The message is larger than the limit, as it came or decompressed.</summary>
    public static readonly Reason MessageTooLarge = new("MESSAGE_TOO_LARGE", StatusCode.ResourceExhausted);

    /// <summary>There is no such method.</summary>
    public static readonly Reason MethodUnknown = new("METHOD_UNKNOWN", StatusCode.Unimplemented);

    /// <summary>The message is compressed in a way the server does not know.</summary>
    public static readonly Reason CompressionUnsupported = new("COMPRESSION_UNSUPPORTED", StatusCode.Unimplemented);

    /// <summary>The caller makes more calls a second than it may.</summary>
    public static readonly Reason RateLimitExceeded = new("RATE_LIMIT_EXCEEDED", StatusCode.ResourceExhausted);

    /// <summary>The process runs as many calls as it may.</summary>
    public static readonly Reason ConcurrencyLimitExceeded = new("CONCURRENCY_LIMIT_EXCEEDED", StatusCode.ResourceExhausted);

    /// <summary>The caller has as many open streams as it may.</summary>
    public static readonly Reason StreamLimitExceeded = new("STREAM_LIMIT_EXCEEDED", StatusCode.ResourceExhausted);

    /// <summary>The caller gave the call up.</summary>
    public static readonly Reason CallCancelled = new("CALL_CANCELLED", StatusCode.Cancelled);

    /// <summary>The caller's deadline passed.</summary>
    public static readonly Reason DeadlineExceeded = new("DEADLINE_EXCEEDED", StatusCode.DeadlineExceeded);

    /// <summary>A defect of the system; the log has it under the trace id.</summary>
    public static readonly Reason Internal = new("INTERNAL", StatusCode.Internal);
}
