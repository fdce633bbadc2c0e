using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging.DeadLetters;
using OrderTracking.BuildingBlocks.Messaging.RabbitMq;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>The rows of events whose handler failed: those to be tried again, and those given up.</summary>
internal static class Redeliveries
{
    private const int ErrorCharactersMax = 2000;

    private const string Columns = "event_id, consumer, type, body, sent_time, traceparent, tracestate, baggage, attempts, error";
    private const string Values = "@EventId, @Consumer, @Type, @Body, @SentTime, @Traceparent, @Tracestate, @Baggage, @Attempts, @Error";

    private const string CountKnown = """
        select (select count(*) from redeliveries where event_id = @EventId and consumer = @Consumer)
             + (select count(*) from dead_letters where event_id = @EventId and consumer = @Consumer)
        """;

    private const string InsertRedelivery = $"insert into redeliveries ({Columns}, due_at) values ({Values}, @At)";

    private const string InsertDeadLetter = $"insert into dead_letters ({Columns}, died_at) values ({Values}, @At)";

    private const string ReviveDeadLetter = """
        update dead_letters set state = 'WAITING', attempts = @Attempts, error = @Error, died_at = @At, version = version + 1
        where event_id = @EventId and consumer = @Consumer
        """;

    private const string InsertUnreadable = """
        insert into dead_letters (event_id, consumer, type, body, sent_time, traceparent, attempts, died_at, error, headers, encoding)
        values (@EventId, @Consumer, @Type, @Body, @At, @Traceparent, 0, @At, @Error, @Headers, @Encoding)
        """;

    // The attempts say whether the row is still as it was read: of two processes that failed on it one counts.
    private const string Postpone = """
        update redeliveries set attempts = @Attempts, error = @Error, due_at = @At
        where event_id = @EventId and consumer = @Consumer and attempts = @AttemptsBefore
        """;

    private const string ClaimDue = """
        update redeliveries set due_at = @until
        where event_id = @EventId and consumer = @Consumer and attempts = @Attempts and due_at <= @now
        """;

    private const string Delete = "delete from redeliveries where event_id = @EventId and consumer = @Consumer";

    private const string GiveUp = "delete from redeliveries where event_id = @EventId and consumer = @Consumer and attempts = @AttemptsBefore";

    private const string SelectDue = """
        select event_id as EventId, consumer as Consumer, type as Type, body as Body, sent_time as SentTime,
               traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage, attempts as Attempts
        from redeliveries
        where due_at <= @now
        order by due_at, seq
        """;

    /// <summary>Keeps an event for its first redelivery, unless it is kept already.</summary>
    public static async Task Schedule(
        Tx tx, OutboxMessage message, string consumer, MessagingOptions options, DateTimeOffset now, Exception failure)
    {
        var row = Parameters(message, consumer, options.ImmediateAttempts, failure);
        if (await tx.Scalar<long>(CountKnown, row) > 0)
            return;
        if (options.RedeliveryDelays.Count > 0)
            await tx.Execute(InsertRedelivery, row with { At = now + options.RedeliveryDelays[0] });
        else
            await Bury(tx, row with { At = now });
    }

    /// <summary>Keeps an event whose redelivery failed for the next one, or gives it up. Once, however many processes failed on it.</summary>
    public static async Task Postponed(Tx tx, Row row, MessagingOptions options, DateTimeOffset now, Exception failure)
    {
        var failed = Parameters(row, row.Consumer, row.Attempts + 1, failure) with { AttemptsBefore = row.Attempts };
        var redelivery = (int)Math.Max(0, failed.Attempts - options.ImmediateAttempts);
        if (redelivery < options.RedeliveryDelays.Count)
            await tx.Execute(Postpone, failed with { At = now + options.RedeliveryDelays[redelivery] });
        else if (await tx.Execute(GiveUp, failed) > 0)
            await Bury(tx, failed with { At = now });
    }

    /// <summary>Keeps what no handler could be given. The same message is kept once.</summary>
    public static async Task KeepUnreadable(Tx tx, UnreadableLetter letter)
    {
        if (await tx.Scalar<long>(CountKnown, letter) > 0)
            return;
        await tx.Execute(InsertUnreadable, letter with { Error = Shortened(letter.Error) });
        await DeadLetterStore.Act(tx, letter.EventId, letter.Consumer, DeadLetterActRow.GivenUp, letter.Consumer, FirstLine(letter.Error), letter.At);
    }

    /// <summary>Removes the row of an event that was taken. One that somebody replayed is noted as taken.</summary>
    public static async Task Remove(Tx tx, Row row, DateTimeOffset now)
    {
        await tx.Execute(Delete, new { row.EventId, row.Consumer });
        await DeadLetterStore.Taken(tx, row.EventId, row.Consumer, now);
    }

    /// <summary>Makes due rows this process's for a while. Those another process has taken meanwhile are left out.</summary>
    public static async Task<IReadOnlyList<Row>> ClaimAll(Tx tx, IReadOnlyList<Row> due, DateTimeOffset now, TimeSpan lease)
    {
        var claimed = new List<Row>(due.Count);
        foreach (var row in due)
        {
            if (await tx.Execute(ClaimDue, new { row.EventId, row.Consumer, row.Attempts, now, until = now + lease }) > 0)
                claimed.Add(row);
        }

        return claimed;
    }

    public static Task<IReadOnlyList<Row>> Due(Tx tx, DateTimeOffset now, int take) =>
        tx.Query<Row>($"{SelectDue} {tx.Dialect.Page()}", new { now, take });

    private static RowParameters Parameters(OutboxMessage message, string consumer, long attempts, Exception failure)
    {
        var error = failure.ToString();
        var body = message.Event is null ? message.Body : JsonSerializer.Serialize(message.Event, message.Event.GetType(), Outbox.Json);
        return new RowParameters(
            message.EventId,
            consumer,
            message.Type,
            body,
            message.SentTime,
            message.Traceparent,
            message.Tracestate,
            message.Baggage,
            attempts,
            Shortened(error),
            default,
            default);
    }

    // One that was replayed and failed again is the same dead letter as before.
    private static async Task Bury(Tx tx, RowParameters row)
    {
        if (await tx.Execute(ReviveDeadLetter, row) == 0)
            await tx.Execute(InsertDeadLetter, row);
        await DeadLetterStore.Act(tx, row.EventId, row.Consumer, DeadLetterActRow.GivenUp, row.Consumer, FirstLine(row.Error), row.At);
    }

    private static string FirstLine(string error) => error.Split('\n', 2)[0].TrimEnd('\r');

    private static string Shortened(string error) => error[..Math.Min(error.Length, ErrorCharactersMax)];

    private sealed record RowParameters(
        Guid EventId,
        string Consumer,
        string Type,
        string Body,
        DateTimeOffset SentTime,
        string? Traceparent,
        string? Tracestate,
        string? Baggage,
        long Attempts,
        string Error,
        DateTimeOffset At,
        long AttemptsBefore);

    /// <summary>A stored redelivery.</summary>
    internal sealed class Row : OutboxMessage
    {
        public string Consumer { get; init; } = "";

        public long Attempts { get; init; }
    }
}
