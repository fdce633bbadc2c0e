using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.OrderService.Orders;
using OrderTracking.OrderService.Timeline;
using OrderTracking.Wire;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Stuck;

/// <summary>Lists orders whose next step is overdue, with what is probably the cause.</summary>
internal sealed class ListStuckOrders(OrdersDb db, OrderOptions options, TimeProvider clock)
{
    private const string Due = "due_time";

    // Of no column: rows are ordered here, not by a statement.
    private static readonly ListField DueTime = new(Due, Due, ListFieldKind.Instant, Sortable: true);

    public Task<V1.ListStuckOrdersResponse> Handle(V1.ListStuckOrdersRequest request, CancellationToken cancellation)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, "", "", [DueTime], Due);
        var now = clock.GetUtcNow();
        return db.Read(
            async tx =>
            {
                var steps = query.Cut(await StuckOrderStore.Find(tx, options.Stuck, now), step => step.Due, step => step.Seq);
                var undelivered = await UndeliveredEvents.Read(tx);
                var response = new V1.ListStuckOrdersResponse { NextPageToken = query.NextToken(steps, step => step.Due, step => step.Seq) };
                foreach (var step in query.Page(steps))
                    response.StuckOrders.Add(await Describe(tx, step, undelivered, now));
                return response;
            },
            cancellation);
    }

    private static async Task<V1.StuckOrder> Describe(Tx tx, OverdueStep step, UndeliveredEvents undelivered, DateTimeOffset now) => new()
    {
        Order = OrderWire.NameOf(step.OrderId),
        State = OrderState.Of(step.State),
        MissingStep = step.Step,
        Shipment = step.ShipmentId is { } shipment ? WireName.Of(DescribeShipment.Collection, shipment) : "",
        WaitingSince = Timestamp.FromDateTimeOffset(step.Since),
        Allowed = Duration.FromTimeSpan(step.Allowed),
        Age = Duration.FromTimeSpan(now - step.Since),
        ProbableCause = undelivered.About(step.ShipmentId ?? step.OrderId) ?? undelivered.About(step.OrderId) ?? step.Explanation,
        TraceId = await StuckOrderStore.LastTrace(tx, step.OrderId) ?? "",
    };
}
