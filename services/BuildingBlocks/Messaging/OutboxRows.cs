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

    private const string MarkPublished = "update outbox set published_at = @now where event_id = @id and published_at is null";

    private const string SelectOldest = "select seq as Seq, published_at as PublishedAt from outbox order by seq";

    private const string DeletePublished = "delete from outbox where seq <= @seq and published_at < @before";

    public static Task<IReadOnlyList<Row>> Unpublished(Tx tx, long after, int take) =>
        tx.Query<Row>($"{SelectUnpublished} {tx.Dialect.Page()}", new { after, take });

    public static Task Mark(Tx tx, IEnumerable<Guid> ids, DateTimeOffset now) => tx.Execute(MarkPublished, ids.Select(id => new { id, now }));

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
