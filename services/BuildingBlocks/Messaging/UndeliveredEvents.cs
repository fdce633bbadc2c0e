using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging.DeadLetters;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>
/// The events of one database that have not reached whom they are for: given up, to be tried again, or not published. Tells why something
/// that was to happen has not.
/// </summary>
public sealed class UndeliveredEvents
{
    private const int RowsMax = 500;
    private const int RowsAboutMax = 100;

    private const string Columns = """
        seq as Seq, event_id as EventId, type as Type, body as Body, sent_time as SentTime, traceparent as Traceparent, tracestate as Tracestate
        """;

    private const string Failed = "consumer as Consumer, error as Error";

    private readonly IReadOnlyList<UndeliveredEvent> _events;

    private UndeliveredEvents(IReadOnlyList<UndeliveredEvent> events) => _events = events;

    /// <summary>Reads them: of each stage the newest 500, what was given up first.</summary>
    /// <param name="tx">In the database.</param>
    /// <param name="database">The database, whose name dead letters bear.</param>
    public static async Task<UndeliveredEvents> Read(Tx tx, Db database) => new(await Read(tx, database, "%", RowsMax));

    /// <summary>Reads those about one thing: of each stage the newest 100, what was given up first.</summary>
    /// <param name="tx">In the database.</param>
    /// <param name="database">The database, whose name dead letters bear.</param>
    /// <param name="id">Stands in the content of the events as it is written there.</param>
    public static Task<IReadOnlyList<UndeliveredEvent>> About(Tx tx, Db database, Guid id) => Read(tx, database, $"%{id:D}%", RowsAboutMax);

    /// <summary>Why an event about something has not arrived, as one sentence; null where there is no such event.</summary>
    /// <param name="id">Stands in the event's content as it is written there.</param>
    public string? About(Guid id)
    {
        var text = id.ToString("D");
        return _events.FirstOrDefault(undelivered => undelivered.Body.Contains(text, StringComparison.Ordinal))?.Why;
    }

    private static async Task<IReadOnlyList<UndeliveredEvent>> Read(Tx tx, Db database, string pattern, int take)
    {
        var page = tx.Dialect.Page();
        var dead = await tx.Query<Row>(
            $"select {Columns}, {Failed}, state as State from dead_letters where state in ('WAITING', 'DISCARDED') and body like @pattern order by seq desc {page}",
            new { pattern, take });
        var again = await tx.Query<Row>(
            $"select {Columns}, {Failed} from redeliveries where body like @pattern order by seq desc {page}", new { pattern, take });
        var unsent = await tx.Query<Row>(
            $"select {Columns} from outbox where published_at is null and body like @pattern order by seq desc {page}", new { pattern, take });
        return
        [
            .. dead.Select(row => row.ToEvent(
                row.State == "DISCARDED" ? UndeliveredStage.Discarded : UndeliveredStage.DeadLetter, DeadLetterName.Of(database, row.Seq))),
            .. again.Select(row => row.ToEvent(UndeliveredStage.Redelivering, "")),
            .. unsent.Select(row => row.ToEvent(UndeliveredStage.Unpublished, "")),
        ];
    }

    private sealed class Row
    {
        public long Seq { get; init; }

        public Guid EventId { get; init; }

        public string Type { get; init; } = "";

        public string Body { get; init; } = "";

        public DateTimeOffset SentTime { get; init; }

        public string? Traceparent { get; init; }

        public string? Tracestate { get; init; }

        public string Consumer { get; init; } = "";

        public string Error { get; init; } = "";

        public string State { get; init; } = "";

        public UndeliveredEvent ToEvent(UndeliveredStage stage, string deadLetter) => new(
            EventId,
            Type,
            Body,
            stage,
            Consumer,
            SentTime,
            Error.Split('\n', 2)[0].Trim().TrimEnd('.'),
            deadLetter,
            new TraceCarrier(Traceparent, Tracestate, null).TraceId);
    }
}
