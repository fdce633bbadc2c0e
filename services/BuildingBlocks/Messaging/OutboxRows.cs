using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>The outbox as the relay sees it.</summary>
internal static class OutboxRows
{
    private const string SelectUnpublished = """
        select seq as Seq, event_id as EventId, type as Type, body as Body, sent_time as SentTime,
               traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage
        from outbox
        where published_at is null and seq > @after
        order by seq
        """;

    private const string SelectUnclaimed = """
        select seq
        from outbox
        where published_at is null and (claimed_until is null or claimed_until <= @now)
        order by seq
        """;

    private const string ClaimSqlite = """
        update outbox
        set claimed_by = @claimant, claimed_until = @until
        where seq in (
            select seq from outbox
            where published_at is null and (claimed_until is null or claimed_until <= @now)
            order by seq
            limit @take)
        returning seq as Seq, event_id as EventId, type as Type, body as Body, sent_time as SentTime,
                  traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
                  claimed_by as ClaimedBy, claimed_until as ClaimedUntil
        """;

    private const string ClaimSqlServer = """
        update top (@take) outbox with (updlock, readpast, rowlock)
        set claimed_by = @claimant, claimed_until = @until
        output inserted.seq as Seq, inserted.event_id as EventId, inserted.type as Type, inserted.body as Body,
               inserted.sent_time as SentTime, inserted.traceparent as Traceparent, inserted.tracestate as Tracestate,
               inserted.baggage as Baggage, inserted.claimed_by as ClaimedBy, inserted.claimed_until as ClaimedUntil
        where published_at is null and (claimed_until is null or claimed_until <= @now)
        """;

    private const string ReleaseClaims = "update outbox set claimed_until = null where claimed_by = @claimant and published_at is null";

    // Found by their identity; by the index of the unpublished SQLite would walk through all of them.
    private const string MarkSqlite = """
        update outbox set published_at = @now
        where event_id in (select value from json_each(@ids)) and +published_at is null
        """;

    private const string MarkSqlServer = """
        update outbox set published_at = @now
        where event_id in (select cast(value as char(36)) collate Latin1_General_100_BIN2 from openjson(@ids)) and published_at is null
        """;

    private const string SelectOldest = "select seq as Seq, published_at as PublishedAt from outbox order by seq";

    private const string DeletePublished = "delete from outbox where seq <= @seq and published_at < @before";

    public static Task<IReadOnlyList<Row>> Unpublished(Tx tx, long after, int take) =>
        tx.Query<Row>($"{SelectUnpublished} {tx.Dialect.Page()}", new { after, take });

    /// <summary>True where an event is nobody's to publish.</summary>
    public static async Task<bool> AnyUnclaimed(Tx tx, DateTimeOffset now) =>
        await tx.QueryFirstOrDefault<long?>($"{SelectUnclaimed} {tx.Dialect.Page()}", new { now, take = 1 }) is not null;

    /// <summary>Makes some events that are nobody's the claimant's, oldest first.</summary>
    public static async Task<IReadOnlyList<Row>> Claim(Tx tx, string claimant, DateTimeOffset now, TimeSpan lease, int take)
    {
        var rows = await tx.Query<Row>(tx.Dialect.Of(ClaimSqlite, ClaimSqlServer), new { claimant, now, until = now + lease, take });
        // Neither engine returns changed rows in an order.
        return [.. rows.OrderBy(row => row.Seq)];
    }

    /// <summary>Gives up every claim on what is not published.</summary>
    public static Task Release(Tx tx, string claimant) => tx.Execute(ReleaseClaims, new { claimant });

    public static Task Mark(Tx tx, IReadOnlyCollection<Guid> ids, DateTimeOffset now) =>
        tx.Execute(tx.Dialect.Of(MarkSqlite, MarkSqlServer), new { ids = JsonSerializer.Serialize(ids), now });

    /// <summary>Deletes some of the oldest published rows; true where more may be left.</summary>
    public static async Task<bool> Prune(Tx tx, DateTimeOffset before, int take)
    {
        // By seq, which is the order of age: no index on the instant is needed.
        var oldest = await tx.Query<Age>($"{SelectOldest} {tx.Dialect.Page()}", new { take });
        var expired = oldest.Where(row => row.PublishedAt < before).ToList();
        if (expired.Count == 0)
            return false;
        await tx.Execute(DeletePublished, new { seq = expired[^1].Seq, before });
        return expired.Count == take;
    }

    /// <summary>A stored event.</summary>
    internal sealed class Row : OutboxMessage
    {
        public long Seq { get; init; }
    }

    private sealed class Age
    {
        public long Seq { get; init; }

        public DateTimeOffset? PublishedAt { get; init; }
    }
}
