namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>A call that is refused for a reason the caller can act on. The only exception that becomes a status of one's choice.</summary>
/// <param name="reason">The stable reason and its code.</param>
/// <param name="message">What a developer reads. Holds nothing secret; everything dynamic in it is in the metadata too.</param>
// CA1710: a refusal is a normal answer; callers read "throw new Refusal".
#pragma warning disable CA1710
public sealed class Refusal(Reason reason, string message) : Exception(message)
{
    /// <summary>The stable reason and its code.</summary>
    public Reason Reason { get; } = reason;

    /// <summary>The dynamic parts of the message, by lower_snake_case name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Every field of the request that is wrong.</summary>
    public IReadOnlyList<FieldViolation> FieldViolations { get; init; } = [];

    /// <summary>Every condition that does not hold, such as one a rule that forbids the act.</summary>
    public IReadOnlyList<PreconditionViolation> PreconditionViolations { get; init; } = [];

    /// <summary>When repeating the same call may help; null where it will not.</summary>
    public TimeSpan? RetryDelay { get; init; }
}
#pragma warning restore CA1710

/// <summary>A field of a request that is wrong.</summary>
/// <param name="Field">Its path, such as <c>order.lines[2].quantity</c>.</param>
/// <param name="Reason">The name of the reason.</param>
/// <param name="Description">The field, its value and what is allowed.</param>
public sealed record FieldViolation(string Field, string Reason, string Description);

/// <summary>A condition that does not hold.</summary>
/// <param name="Type">The kind of condition, UPPER_SNAKE_CASE.</param>
/// <param name="Subject">What it is about, such as the name of a rule.</param>
/// <param name="Description">Why it does not hold.</param>
public sealed record PreconditionViolation(string Type, string Subject, string Description);
