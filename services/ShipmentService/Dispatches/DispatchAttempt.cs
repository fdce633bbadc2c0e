using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>How a dispatch attempt stands. It ends exactly once.</summary>
internal enum AttemptState
{
    Open,
    Granted,
    Refused,
}

/// <summary>One try to dispatch one shipment. Compliance knows it by its id, so however often it is asked, it grants one permit.</summary>
/// <param name="RequestId">The caller's; blank if there was none.</param>
/// <param name="Traceparent">The trace the dispatch belongs to, for who resumes it.</param>
/// <param name="Answer">The shipment as answered when it was granted.</param>
/// <param name="Refusal">What was answered when it was refused.</param>
internal sealed record DispatchAttempt(
    Guid Id,
    Guid ShipmentId,
    string RequestId,
    string Actor,
    string Carrier,
    string TrackingNumber,
    AttemptState State,
    string? Traceparent,
    DateTimeOffset OpenedTime,
    byte[]? Answer,
    StoredRefusal? Refusal)
{
    /// <summary>Of the facts it left with, as the permit has it; null where no permit was granted.</summary>
    public string? FactsDigest { get; init; }
}

/// <summary>A refusal as an attempt keeps it, so that a repeated call is refused alike.</summary>
internal sealed record StoredRefusal(
    bool Decided, string Message, IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<PreconditionViolation> Violations)
{
    public Refusal ToRefusal() => new(Decided ? ShipmentReasons.DispatchRefused : ShipmentReasons.DispatchNotDecided, Message)
    {
        Metadata = Metadata,
        PreconditionViolations = Violations,
    };
}
