using Google.Rpc;
using Grpc.Core;

namespace OrderTracking.Client;

/// <summary>Why a call was refused, as a program reads it.</summary>
public sealed record OrderTrackingError
{
    private const string Domain = "ordertracking";

    /// <summary>The gRPC code.</summary>
    public required StatusCode Code { get; init; }

    /// <summary>The stable reason, such as <c>ETAG_MISMATCH</c>; blank where the server did not answer.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What a developer reads.</summary>
    public string Message { get; init; } = "";

    /// <summary>The dynamic parts of the message by name; <c>trace_id</c> of a defect among them.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Every field of the request that is wrong.</summary>
    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>Every condition that does not hold, such as each rule that forbids the act.</summary>
    public IReadOnlyList<FailedCondition> Conditions { get; init; } = [];

    /// <summary>When the same call may be repeated; null where the server names no time.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>True where the same call may succeed later: the server says when, could not be reached, or was too busy.</summary>
    public bool MayRepeat => RetryDelay is not null || Code == StatusCode.Unavailable;

    /// <summary>True where the answer is OrderTracking's own and not of something before it.</summary>
    public bool IsFromServer => Reason.Length > 0;

    /// <summary>Reads a failed call.</summary>
    public static OrderTrackingError Of(RpcException error)
    {
        var status = error.GetRpcStatus();
        var info = status?.GetDetail<ErrorInfo>();
        return new OrderTrackingError
        {
            Code = error.StatusCode,
            Reason = info?.Domain == Domain ? info.Reason : "",
            Message = error.Status.Detail,
            Metadata = info?.Metadata.ToDictionary() ?? [],
            Fields = [.. status?.GetDetail<BadRequest>()?.FieldViolations.Select(one => new FieldError(one.Field, one.Reason, one.Description)) ?? []],
            Conditions =
            [
                .. status?.GetDetail<PreconditionFailure>()?.Violations.Select(one => new FailedCondition(one.Type, one.Subject, one.Description)) ?? [],
            ],
            RetryDelay = status?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan(),
        };
    }
}

/// <summary>A field of a request that is wrong.</summary>
/// <param name="Field">Its path, such as <c>order.lines[2].quantity</c>.</param>
/// <param name="Reason">The stable reason.</param>
/// <param name="Description">The field, its value and what is allowed.</param>
public sealed record FieldError(string Field, string Reason, string Description);

/// <summary>A condition that does not hold.</summary>
/// <param name="Type">The kind of condition.</param>
/// <param name="Subject">What it is about, such as the name of a rule.</param>
/// <param name="Description">Why it does not hold.</param>
public sealed record FailedCondition(string Type, string Subject, string Description);
