using System.Text.Json;
using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.OrderService.Orders;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Changes;

/// <summary>Changes the shipment service has not answered yet; at most one an order.</summary>
internal static class ChangeStore
{
    private const string Amend = "AMEND";
    private const string Cancel = "CANCEL";

    private const string InsertChange = """
        insert into order_changes_pending
            (order_id, revision, kind, content, reason, actor, method, request_id, request, traceparent, created_at)
        values (@OrderId, @Revision, @Kind, @Content, @Reason, @Actor, @Method, @RequestId, @Request, @Traceparent, @CreatedAt)
        """;

    private const string SelectChange = """
        select order_id as OrderId, revision as Revision, kind as Kind, content as Content, reason as Reason, actor as Actor,
            method as Method, request_id as RequestId, request as Request, traceparent as Traceparent
        from order_changes_pending
        where order_id = @orderId
        """;

    public static Task Insert(Tx tx, OrderChange change, DateTimeOffset now) => tx.Execute(InsertChange, new
    {
        change.OrderId,
        change.Revision,
        Kind = change.Kind == ChangeKind.Cancel ? Cancel : Amend,
        Content = JsonSerializer.Serialize(change.Content, OrderStore.Json),
        change.Reason,
        Actor = change.Actor.Subject,
        change.Method,
        change.RequestId,
        Request = change.Request.ToByteArray(),
        change.Traceparent,
        CreatedAt = now,
    });

    /// <summary>The change an order waits for; null if there is none.</summary>
    public static async Task<OrderChange?> Find(Tx tx, Guid orderId) =>
        (await tx.QueryFirstOrDefault<Row>(SelectChange, new { orderId }))?.ToChange();

    /// <summary>The lease of whoever walks an order's change; one walks at a time, whichever process it is in.</summary>
    public static string LeaseOf(Guid orderId) => $"order-changes/{orderId:D}";

    /// <summary>The orders that have waited longest.</summary>
    public static Task<IReadOnlyList<Guid>> OldestOrders(Tx tx, int take) => tx.Query<Guid>(
        $"select order_id from order_changes_pending order by created_at, revision, order_id {tx.Dialect.Page()}", new { take });

    /// <summary>Gives a change another revision.</summary>
    public static Task SetRevision(Tx tx, Guid orderId, long revision) =>
        tx.Execute("update order_changes_pending set revision = @revision where order_id = @orderId", new { orderId, revision });

    public static Task Delete(Tx tx, Guid orderId) => tx.Execute("delete from order_changes_pending where order_id = @orderId", new { orderId });

    private sealed class Row
    {
        public Guid OrderId { get; init; }

        public long Revision { get; init; }

        public string Kind { get; init; } = "";

        public string Content { get; init; } = "";

        public string? Reason { get; init; }

        public string Actor { get; init; } = "";

        public string Method { get; init; } = "";

        public string RequestId { get; init; } = "";

        public byte[] Request { get; init; } = [];

        public string? Traceparent { get; init; }

        public OrderChange ToChange()
        {
            var kind = Kind == Cancel ? ChangeKind.Cancel : ChangeKind.Amend;
            return new OrderChange(
                OrderId,
                Revision,
                kind,
                JsonSerializer.Deserialize<OrderContent>(Content, OrderStore.Json)!,
                Reason,
                // Roles were checked when the call came in; what is left of the actor is the name.
                new Actor(Actor, new HashSet<string>()),
                Method,
                RequestId,
                kind == ChangeKind.Cancel ? V1.CancelOrderRequest.Parser.ParseFrom(Request) : V1.AmendOrderRequest.Parser.ParseFrom(Request),
                Traceparent);
        }
    }
}
