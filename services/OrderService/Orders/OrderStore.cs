using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.OrderService.Shipments;
using OrderTracking.OrderService.Timeline;

namespace OrderTracking.OrderService.Orders;

/// <summary>Orders in the database: a head that lists read, and every accepted revision whole.</summary>
internal static class OrderStore
{
    /// <summary>How contents are written; what was written once must stay readable.</summary>
    public static readonly JsonSerializerOptions Json = OrderContentJson.Default.Options;

    private const string SelectOrder = """
        select o.seq as Seq, o.id as Id, o.revision as Revision, o.cancelled as Cancelled, o.created_at as CreatedAt,
            o.updated_at as UpdatedAt, r.content as Content
        from orders o
        join order_revisions r on r.order_id = o.id and r.revision = o.revision
        """;

    private const string InsertOrder = """
        insert into orders
            (id, revision, cancelled, state, exporter, purchaser, destination_country, line_count, timeline_count, created_at, updated_at)
        values (@Id, 1, 0, @State, @Exporter, @Purchaser, @DestinationCountry, @LineCount, @TimelineCount, @CreatedAt, @CreatedAt)
        """;

    private const string InsertRevision = """
        insert into order_revisions (order_id, revision, content, actor, reason, recorded_at)
        values (@Id, @Revision, @Content, @Actor, @Reason, @RecordedAt)
        """;

    private const string UpdateRevision = """
        update orders
        set revision = @Revision, cancelled = @Cancelled, purchaser = @Purchaser, destination_country = @DestinationCountry,
            line_count = @LineCount, updated_at = @UpdatedAt
        where id = @Id
        """;

    private const string UpdateCounted = """
        update orders set updated_at = @now, timeline_count = timeline_count + 1
        where id = @orderId
            and not exists (select 1 from timeline_entries where timeline_entries.order_id = @orderId and timeline_entries.event_id = @eventId)
        """;

    private const string SelectCounted = """
        select o.state as State, o.timeline_count as TimelineCount, o.cancelled as Cancelled, r.content as Content
        from orders o
        join order_revisions r on r.order_id = o.id and r.revision = o.revision
        where o.id = @orderId
        """;

    private const string SelectPlace = "select state as State, timeline_count as TimelineCount from orders where id = @orderId";

    /// <summary>Stores a new order, whose history is one entry long.</summary>
    public static async Task Insert(Tx tx, NewOrder placed)
    {
        var order = placed.Order;
        await tx.Execute(InsertOrder, new
        {
            order.Id,
            placed.State,
            order.Content.Exporter,
            order.Content.Purchaser,
            order.Content.DestinationCountry,
            LineCount = (long)order.Content.Lines.Count,
            TimelineCount = 1L,
            order.CreatedAt,
        });
        await AddRevision(tx, order, placed.Content, placed.Actor, reason: null);
        await OrderTerms.Add(tx, order.Id, placed.Terms);
    }

    /// <summary>Stores the next revision of an order, or its cancellation.</summary>
    public static async Task Change(Tx tx, Order order, string actor, string? reason)
    {
        await AddRevision(tx, order, JsonSerializer.Serialize(order.Content, Json), actor, reason);
        await tx.Execute(UpdateRevision, new
        {
            order.Id,
            order.Revision,
            Cancelled = order.Cancelled ? 1 : 0,
            order.Content.Purchaser,
            order.Content.DestinationCountry,
            LineCount = (long)order.Content.Lines.Count,
            order.UpdatedAt,
        });
        await OrderTerms.Replace(tx, order.Id, OrderTerms.Of(order.Content));
    }

    /// <summary>
    /// Marks the order as changed. Done first by everything that goes on to read and write its shipments: where transactions run
    /// side by side, this makes those of one order wait for each other.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such order.</exception>
    public static async Task Touch(Tx tx, Guid orderId, DateTimeOffset now)
    {
        if (await tx.Execute("update orders set updated_at = @now where id = @orderId", new { orderId, now }) == 0)
            throw Unknown(orderId);
    }

    /// <summary>
    /// Marks the order as changed, as <see cref="Touch"/> does, and counts one more entry of its history. False, and nothing is changed, where
    /// the event was recorded before.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such order.</exception>
    public static async Task<bool> CountEntry(Tx tx, Guid orderId, Guid eventId, DateTimeOffset now)
    {
        if (await tx.Execute(UpdateCounted, new { orderId, eventId, now }) == 1)
            return true;
        if (!await TimelineStore.Has(tx, orderId, eventId))
            throw Unknown(orderId);
        return false;
    }

    /// <summary>The order as far as its state follows from it.</summary>
    public static async Task<CountedOrder> Counted(Tx tx, Guid orderId) =>
        await tx.QueryFirstOrDefault<CountedOrder>(SelectCounted, new { orderId }) ?? throw Unknown(orderId);

    /// <summary>The state of an order and how long its history is.</summary>
    public static async Task<CountedOrder> PlaceOf(Tx tx, Guid orderId) =>
        await tx.QueryFirstOrDefault<CountedOrder>(SelectPlace, new { orderId }) ?? throw Unknown(orderId);

    /// <summary>Stores the state derived from the shipments.</summary>
    public static Task SetState(Tx tx, Guid orderId, string state) =>
        tx.Execute("update orders set state = @state where id = @orderId and state <> @state", new { orderId, state });

    /// <summary>Reads an order.</summary>
    /// <exception cref="Refusal">ORDER_NOT_FOUND.</exception>
    public static async Task<Order> Get(Tx tx, Guid orderId)
    {
        var row = await tx.QueryFirstOrDefault<OrderRow>($"{SelectOrder} where o.id = @orderId", new { orderId })
            ?? throw new Refusal(OrderReasons.OrderNotFound, "There is no such order.")
            {
                Metadata = new Dictionary<string, string> { ["order"] = OrderWire.NameOf(orderId) },
            };
        return row.ToOrder(await ShipmentStore.OfOrder(tx, orderId));
    }

    /// <summary>Reads the orders a list asks for, with the one that only tells of a next page.</summary>
    public static async Task<IReadOnlyList<OrderRow>> List(Tx tx, ListQuery query)
    {
        var (where, orderBy, parameters, _) = query.Sql("o.seq");
        return await tx.Query<OrderRow>($"{SelectOrder} where {where} {orderBy} {tx.Dialect.Page()}", parameters);
    }

    private static InvalidOperationException Unknown(Guid orderId) => new($"An event tells of order {orderId}, which does not exist here.");

    private static Task<int> AddRevision(Tx tx, Order order, string content, string actor, string? reason) => tx.Execute(InsertRevision, new
    {
        order.Id,
        order.Revision,
        Content = content,
        Actor = actor,
        Reason = reason,
        RecordedAt = order.UpdatedAt,
    });
}
