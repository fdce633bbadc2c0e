using System.Diagnostics;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging.DeadLetters;

/// <summary>Where dead letters stand, and what was done with them.</summary>
internal static class DeadLetterStore
{
    public const string ListColumns = """
        seq as Seq, event_id as EventId, consumer as Consumer, type as Type, sent_time as SentTime, traceparent as Traceparent,
        attempts as Attempts, died_at as DiedAt, error as Error, state as State, version as Version
        """;

    private const string SelectOne = $"select {ListColumns}, body as Body from dead_letters where seq = @seq";

    private const string SelectActs = """
        select kind as Kind, actor as Actor, reason as Reason, acted_at as ActedAt, trace_id as TraceId
        from dead_letter_acts where event_id = @EventId and consumer = @Consumer order by seq
        """;

    private const string InsertAct = """
        insert into dead_letter_acts (event_id, consumer, kind, actor, reason, acted_at, trace_id)
        values (@EventId, @Consumer, @kind, @actor, @reason, @now, @traceId)
        """;

    private const string Move = "update dead_letters set state = @state, version = version + 1 where seq = @Seq";

    private const string GiveBack = """
        insert into redeliveries (event_id, consumer, type, body, sent_time, traceparent, tracestate, baggage, attempts, error, due_at)
        select event_id, consumer, type, body, sent_time, traceparent, tracestate, baggage, attempts, error, @now
        from dead_letters where seq = @Seq
        """;

    private const string SetTaken = """
        update dead_letters set state = 'REPLAYED', version = version + 1
        where event_id = @EventId and consumer = @Consumer and state = 'REPLAYING'
        """;

    public static Task<DeadLetterRow?> Find(Tx tx, long seq) => tx.QueryFirstOrDefault<DeadLetterRow>(SelectOne, new { seq });

    public static Task<IReadOnlyList<DeadLetterActRow>> Acts(Tx tx, DeadLetterRow letter) =>
        tx.Query<DeadLetterActRow>(SelectActs, new { letter.EventId, letter.Consumer });

    /// <summary>Makes the event due for its consumer again, and says who asked for it.</summary>
    public static async Task Replay(Tx tx, DeadLetterRow letter, string actor, string reason, DateTimeOffset now)
    {
        await tx.Execute(GiveBack, new { letter.Seq, now });
        await tx.Execute(Move, new { letter.Seq, state = DeadLetterRow.Replaying });
        await Act(tx, letter.EventId, letter.Consumer, DeadLetterActRow.Replayed, actor, reason, now);
    }

    /// <summary>Gives the event up for good: its consumer counts as having taken it, so that no late copy has an effect.</summary>
    public static async Task Discard(Tx tx, DeadLetterRow letter, string actor, string reason, DateTimeOffset now)
    {
        if (!letter.IsUnreadable)
            await Inbox.TryTake(tx, letter.EventId, letter.Consumer, now);
        await tx.Execute(Move, new { letter.Seq, state = DeadLetterRow.Discarded });
        await Act(tx, letter.EventId, letter.Consumer, DeadLetterActRow.Discarded, actor, reason, now);
    }

    /// <summary>Notes that a consumer took an event; nothing where it was never given up.</summary>
    public static async Task Taken(Tx tx, Guid eventId, string consumer, DateTimeOffset now)
    {
        if (await tx.Execute(SetTaken, new { EventId = eventId, Consumer = consumer }) > 0)
            await Act(tx, eventId, consumer, DeadLetterActRow.Taken, consumer, "", now);
    }

    /// <summary>Adds one act to the history of a dead letter.</summary>
    public static Task Act(Tx tx, Guid eventId, string consumer, string kind, string actor, string reason, DateTimeOffset now) => tx.Execute(
        InsertAct,
        new { EventId = eventId, Consumer = consumer, kind, actor, reason, now, traceId = Activity.Current?.TraceId.ToString() });
}
