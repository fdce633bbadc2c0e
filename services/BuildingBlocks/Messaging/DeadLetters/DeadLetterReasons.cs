using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Messaging.DeadLetters;

/// <summary>Why calls about dead letters are refused. A name never changes.</summary>
public static class DeadLetterReasons
{
    /// <summary>There is no such dead letter in a database of this process.</summary>
    public static readonly Reason DeadLetterUnknown = new("DEAD_LETTER_UNKNOWN", StatusCode.NotFound);

    /// <summary>The message could not be read, so no handler can be given it.</summary>
    public static readonly Reason DeadLetterUnreadable = new("DEAD_LETTER_UNREADABLE", StatusCode.FailedPrecondition);

    /// <summary>It was given up for good.</summary>
    public static readonly Reason DeadLetterDiscarded = new("DEAD_LETTER_DISCARDED", StatusCode.FailedPrecondition);

    /// <summary>It was given back to its consumer, so it cannot be given up.</summary>
    public static readonly Reason DeadLetterReplayed = new("DEAD_LETTER_REPLAYED", StatusCode.FailedPrecondition);

    /// <summary>The words that say why are missing or too long.</summary>
    public static readonly Reason DeadLetterReasonInvalid = new("DEAD_LETTER_REASON_INVALID", StatusCode.InvalidArgument);
}
