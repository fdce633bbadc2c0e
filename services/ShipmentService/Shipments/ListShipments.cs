using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>Lists shipments, oldest first unless asked otherwise.</summary>
internal sealed class ListShipments(ShipmentsDb db)
{
    private static readonly IReadOnlyList<ListField> Fields =
    [
        new("order", "s.order_name", ListFieldKind.Text, Sortable: false),
        new("state", "s.state", ListFieldKind.Text, Sortable: false),
        new("part_number", "s.part_number", ListFieldKind.Text, Sortable: false),
        new("destination_country", "s.destination_country", ListFieldKind.Text, Sortable: false),
        new("planned_ship_date", "s.planned_ship_date", ListFieldKind.Date, Sortable: true),
        new("quantity", "s.quantity", ListFieldKind.Number, Sortable: true),
        new("overdue", "s.overdue", ListFieldKind.Flag, Sortable: false),
        new("create_time", "s.created_at", ListFieldKind.Instant, Sortable: true),
        new("actual_ship_date", "s.actual_ship_date", ListFieldKind.Date, Sortable: false),
        new("carrier", "s.carrier", ListFieldKind.Text, Sortable: false),
        new("tracking_number", "s.tracking_number", ListFieldKind.Text, Sortable: false),
        new("reason", "r.reason", ListFieldKind.Text, Sortable: false)
        {
            Among = "s.id in (select r.shipment_id from shipment_reasons r where {0})",
        },
    ];

    public Task<Api.ListShipmentsResponse> Handle(Api.ListShipmentsRequest request, ServerCallContext context)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "");
        var (where, orderBy, parameters, _) = query.Sql("s.seq");
        return db.Read(
            async tx =>
            {
                var keys = await tx.Query<KeyRow>(
                    $"""
                    select s.seq as {nameof(KeyRow.Seq)}, {query.OrderColumn("s.seq")} as {nameof(KeyRow.OrderKey)}
                    from shipments s
                    where {where}
                    {orderBy} {tx.Dialect.Page()}
                    """,
                    parameters);
                var shipments = await ShipmentStore.InOrder(tx, [.. query.Page(keys).Select(key => key.Seq)]);
                return new Api.ListShipmentsResponse
                {
                    Shipments = { shipments.Select(ShipmentMapping.Of) },
                    NextPageToken = query.NextToken(keys, key => key.OrderKey, key => key.Seq),
                };
            },
            context.CancellationToken);
    }

    private sealed class KeyRow
    {
        public long Seq { get; init; }

        public object? OrderKey { get; init; }
    }
}
