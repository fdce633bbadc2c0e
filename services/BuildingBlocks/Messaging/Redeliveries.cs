using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;

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

    private const string Postpone = """
        update redeliveries set attempts = @Attempts, error = @Error, due_at = @At
        where event_id = @EventId and consumer = @Consumer
        """;

    private const string Delete = "delete from redeliveries where event_id = @EventId and consumer = @Consumer";

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
        await Store(tx, row, InsertRedelivery, options, redelivery: 0, now);
    }

    /// <summary>Keeps an event whose redelivery failed for the next one, or gives it up.</summary>
    public static async Task Postponed(Tx tx, Row row, MessagingOptions options, DateTimeOffset now, Exception failure)
    {
        var attempts = row.Attempts + 1;
        await Store(
            tx,
            Parameters(row, row.Consumer, attempts, failure),
            Postpone,
            options,
            redelivery: (int)Math.Max(0, attempts - options.ImmediateAttempts),
            now);
    }

    /// <summary>Removes the row of an event that was taken.</summary>
    public static Task Remove(Tx tx, Row row) => tx.Execute(Delete, new { row.EventId, row.Consumer });

    public static Task<IReadOnlyList<Row>> Due(Tx tx, DateTimeOffset now, int take) =>
        tx.Query<Row>($"{SelectDue} {tx.Dialect.Page()}", new { now, take });

    private static async Task Store(Tx tx, RowParameters row, string keep, MessagingOptions options, int redelivery, DateTimeOffset now)
    {
        if (redelivery < options.RedeliveryDelays.Count)
        {
            await tx.Execute(keep, row with { At = now + options.RedeliveryDelays[redelivery] });
            return;
        }

        await tx.Execute(Delete, row);
        await tx.Execute(InsertDeadLetter, row with { At = now });
    }

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
            error[..Math.Min(error.Length, ErrorCharactersMax)],
            default);
    }

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
        DateTimeOffset At);

    /// <summary>A stored redelivery.</summary>
    internal sealed class Row : OutboxMessage
    {
        public string Consumer { get; init; } = "";

        public long Attempts { get; init; }
    }
}
