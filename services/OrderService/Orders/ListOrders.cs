using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.OrderService.Shipments;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Orders;

/// <summary>Lists orders page by page.</summary>
internal sealed class ListOrders(OrdersDb db)
{
    private static readonly ListField[] Fields =
    [
        new("state", "o.state", ListFieldKind.Text, Sortable: false),
        new("exporter", "o.exporter", ListFieldKind.Text, Sortable: false),
        new("purchaser", "o.purchaser", ListFieldKind.Text, Sortable: false),
        new("destination_country", "o.destination_country", ListFieldKind.Text, Sortable: false),
        new("create_time", "o.created_at", ListFieldKind.Instant, Sortable: true),
        new("update_time", "o.updated_at", ListFieldKind.Instant, Sortable: true),
        .. OrderTerms.Fields,
    ];

    public Task<V1.ListOrdersResponse> Handle(V1.ListOrdersRequest request, CancellationToken cancellation) =>
        db.Read(
            async tx =>
            {
                var query = Parse(request, request.PageSize);
                var rows = await OrderStore.List(tx, query);
                var shipments = await ShipmentStore.OfOrders(tx, [.. rows.Select(row => row.Id)]);
                V1.Order[] orders = [.. query.Page(rows).Select(row => OrderWire.Of(row.ToOrder([.. shipments[row.Id]])))];
                var fitting = CountFitting(orders);
                if (fitting < orders.Length)
                {
                    // A page may be shorter than asked for: cut where a client would refuse the message for its size.
                    query = Parse(request, fitting);
                    rows = [.. rows.Take(fitting + 1)];
                }

                return new V1.ListOrdersResponse
                {
                    Orders = { orders.Take(fitting) },
                    NextPageToken = query.NextToken(rows, row => KeyOf(row, request.OrderBy), row => row.Seq),
                };
            },
            cancellation);

    private static ListQuery Parse(V1.ListOrdersRequest request, int pageSize) =>
        ListQuery.Parse(pageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "create_time desc");

    private static DateTimeOffset KeyOf(OrderRow row, string orderBy) =>
        orderBy.TrimStart().StartsWith("update_time", StringComparison.Ordinal) ? row.UpdatedAt : row.CreatedAt;

    private static int CountFitting(V1.Order[] orders)
    {
        var bytes = 0;
        for (var count = 0; count < orders.Length; count++)
        {
            bytes += orders[count].CalculateSize();
            if (bytes > OrderLimits.PageBytesMax)
                return Math.Max(1, count);
        }

        return orders.Length;
    }
}
