using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.OrderService.Timeline;

/// <summary>The history of orders in the database; numbered an order, from 1, in the order of recording.</summary>
internal static class TimelineStore
{
    private const string Select = """
        select number as Number, kind as Kind, event_time as EventTime, recorded_at as RecordedAt, resource as Resource,
            summary as Summary, actor as Actor, trace_id as TraceId, order_state as OrderState,
            event_id as EventId
        from timeline_entries
        """;

    private const string Insert = """
        insert into timeline_entries
            (order_id, number, event_id, kind, event_time, recorded_at, resource, summary, actor, trace_id, order_state)
        values (@OrderId, @Number, @EventId, @Kind, @EventTime, @RecordedAt, @Resource, @Summary, @Actor, @TraceId, @OrderState)
        """;

    /// <summary>Records what happened, after the order's state was brought up to date.</summary>
    /// <param name="traceId">The trace it happened in, 32 hexadecimal digits; null if there was none.</param>
    /// <param name="orderState">The order's state after it.</param>
    public static async Task Append(Tx tx, Guid orderId, TimelineEvent happened, string? traceId, string orderState, DateTimeOffset now)
    {
        await tx.Execute("update orders set timeline_count = timeline_count + 1 where id = @orderId", new { orderId });
        var number = await tx.Scalar<long>("select timeline_count from orders where id = @orderId", new { orderId });
        await Add(tx, orderId, number, happened, traceId, orderState, now);
    }

    /// <summary>Records what the history of a new order begins with; the order was stored with one entry counted.</summary>
    /// <inheritdoc cref="Append"/>
    public static Task AppendFirst(Tx tx, Guid orderId, TimelineEvent happened, string? traceId, string orderState, DateTimeOffset now) =>
        Add(tx, orderId, 1, happened, traceId, orderState, now);

    /// <summary>Whether an event was recorded.</summary>
    public static async Task<bool> Has(Tx tx, Guid orderId, Guid eventId) =>
        await tx.Scalar<long>("select count(*) from timeline_entries where order_id = @orderId and event_id = @eventId", new { orderId, eventId }) > 0;

    /// <summary>The whole history, by event time, then by number.</summary>
    public static Task<IReadOnlyList<TimelineRow>> OfOrder(Tx tx, Guid orderId) =>
        tx.Query<TimelineRow>($"{Select} where order_id = @orderId order by event_time, number", new { orderId });

    /// <summary>The place of the last entry of any order; 0 while there is none.</summary>
    public static Task<long> Last(Tx tx) => tx.Scalar<long>("select coalesce(max(seq), 0) from timeline_entries");

    /// <summary>Which orders the entries after a place are about, in the order of commits.</summary>
    public static Task<IReadOnlyList<TimelinePlace>> PlacesAfter(Tx tx, long seq, int take) => tx.Query<TimelinePlace>(
        $"select seq as Seq, order_id as OrderId from timeline_entries where seq > @seq order by seq {tx.Dialect.Page()}", new { seq, take });

    /// <summary>What was recorded after a number, by number.</summary>
    public static Task<IReadOnlyList<TimelineRow>> After(Tx tx, Guid orderId, long number, int take) =>
        tx.Query<TimelineRow>(
            $"{Select} where order_id = @orderId and number > @number order by number {tx.Dialect.Page()}", new { orderId, number, take });

    /// <summary>Records what happened under a number that was counted for it in the same transaction.</summary>
    /// <inheritdoc cref="Append"/>
    public static Task Add(Tx tx, Guid orderId, long number, TimelineEvent happened, string? traceId, string orderState, DateTimeOffset now) =>
        tx.Execute(Insert, new
        {
            OrderId = orderId,
            Number = number,
            happened.EventId,
            happened.Kind,
            happened.EventTime,
            RecordedAt = now,
            happened.Resource,
            happened.Summary,
            happened.Actor,
            TraceId = traceId,
            OrderState = orderState,
        });
}

/// <summary>A recorded entry.</summary>
internal sealed class TimelineRow
{
    public long Number { get; init; }

    public string Kind { get; init; } = "";

    public DateTimeOffset EventTime { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public string Resource { get; init; } = "";

    public string Summary { get; init; } = "";

    public string Actor { get; init; } = "";

    public string? TraceId { get; init; }

    public string OrderState { get; init; } = "";

    public Guid EventId { get; init; }
}

/// <summary>Where an entry stands among those of all orders.</summary>
internal sealed class TimelinePlace
{
    public long Seq { get; init; }

    public Guid OrderId { get; init; }
}
