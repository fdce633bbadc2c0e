namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>How far an event has come that has not reached whom it is for.</summary>
public enum UndeliveredStage
{
    /// <summary>Given up; nobody has acted on it.</summary>
    DeadLetter,

    /// <summary>Given up, and somebody decided that it never takes effect.</summary>
    Discarded,

    /// <summary>Its consumer failed on it; it is tried again.</summary>
    Redelivering,

    /// <summary>Committed and not published.</summary>
    Unpublished,
}

/// <summary>An event of one database that has not reached whom it is for.</summary>
/// <param name="EventId">Its identity.</param>
/// <param name="Type">Its kind, such as <c>things.thing-made</c>.</param>
/// <param name="Body">Its content, in JSON.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Consumer">Who fails on it; blank where it is not published.</param>
/// <param name="SentTime">When it was sent.</param>
/// <param name="Error">The error's first line; blank where it is not published.</param>
/// <param name="DeadLetter">The name of its dead letter; blank where it is none.</param>
/// <param name="TraceId">32 hexadecimal digits; null where it was sent outside a trace.</param>
public sealed record UndeliveredEvent(
    Guid EventId,
    string Type,
    string Body,
    UndeliveredStage Stage,
    string Consumer,
    DateTimeOffset SentTime,
    string Error,
    string DeadLetter,
    string? TraceId)
{
    /// <summary>What became of it, as one sentence.</summary>
    public string Why => Stage switch
    {
        UndeliveredStage.DeadLetter => $"{Type} was given up by {Consumer} and is a dead letter ({DeadLetter}): {Error}.",
        UndeliveredStage.Discarded => $"{Type} was given up by {Consumer} and discarded ({DeadLetter}): {Error}.",
        UndeliveredStage.Redelivering => $"{Type} failed in {Consumer} and is tried again: {Error}.",
        _ => $"{Type} is not published yet: look at the broker.",
    };
}
