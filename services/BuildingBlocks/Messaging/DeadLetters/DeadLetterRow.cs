namespace OrderTracking.BuildingBlocks.Messaging.DeadLetters;

/// <summary>A dead letter as it is stored.</summary>
internal sealed class DeadLetterRow
{
    public const string Waiting = "WAITING";
    public const string Replaying = "REPLAYING";
    public const string Replayed = "REPLAYED";
    public const string Discarded = "DISCARDED";

    public long Seq { get; init; }

    public Guid EventId { get; init; }

    public string Consumer { get; init; } = "";

    public string Type { get; init; } = "";

    /// <summary>Null where only the list's columns were read.</summary>
    public string? Body { get; init; }

    public DateTimeOffset SentTime { get; init; }

    public string? Traceparent { get; init; }

    public long Attempts { get; init; }

    public DateTimeOffset DiedAt { get; init; }

    public string Error { get; init; } = "";

    public string State { get; init; } = "";

    public long Version { get; init; }

    /// <summary>True where no handler could be given the message: there is none to give it back to.</summary>
    public bool IsUnreadable => Consumer.EndsWith("/unreadable", StringComparison.Ordinal);
}

/// <summary>What was done with a dead letter.</summary>
internal sealed class DeadLetterActRow
{
    public const string GivenUp = "GIVEN_UP";
    public const string Replayed = "REPLAYED";
    public const string Taken = "TAKEN";
    public const string Discarded = "DISCARDED";

    public string Kind { get; init; } = "";

    public string Actor { get; init; } = "";

    public string Reason { get; init; } = "";

    public DateTimeOffset ActedAt { get; init; }

    public string? TraceId { get; init; }
}
