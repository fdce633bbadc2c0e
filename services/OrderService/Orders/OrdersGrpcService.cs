using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.OrderService.Stuck;
using OrderTracking.OrderService.Timeline;
using OrderTracking.Wire;
using OrdersApi = OrderTracking.Orders.V1.OrderService;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Orders;

/// <summary>The edge: each method is one call of its use case.</summary>
internal sealed class OrdersGrpcService(
    OrdersDb db, PlaceOrder place, AmendOrder amend, CancelOrder cancel, ListOrders list, ListStuckOrders listStuck, WatchOrder watch)
    : OrdersApi.OrderServiceBase
{
    public override Task<V1.Order> PlaceOrder(V1.PlaceOrderRequest request, ServerCallContext context) =>
        place.Handle(request, context.Actor(), context.CancellationToken);

    public override async Task<V1.Order> GetOrder(V1.GetOrderRequest request, ServerCallContext context)
    {
        var orderId = WireName.Require(request.Name, OrderWire.Collection);
        return OrderWire.Of(await db.Read(tx => OrderStore.Get(tx, orderId), context.CancellationToken));
    }

    public override Task<V1.ListOrdersResponse> ListOrders(V1.ListOrdersRequest request, ServerCallContext context) =>
        list.Handle(request, context.CancellationToken);

    public override Task<V1.Order> AmendOrder(V1.AmendOrderRequest request, ServerCallContext context) =>
        amend.Handle(request, context.Actor(), context.CancellationToken);

    public override Task<V1.Order> CancelOrder(V1.CancelOrderRequest request, ServerCallContext context) =>
        cancel.Handle(request, context.Actor(), context.CancellationToken);

    public override async Task<V1.GetOrderTimelineResponse> GetOrderTimeline(V1.GetOrderTimelineRequest request, ServerCallContext context)
    {
        var orderId = WireName.Require(request.Name, OrderWire.Collection);
        var rows = await db.Read(
            async tx =>
            {
                await OrderStore.Get(tx, orderId);
                return await TimelineStore.OfOrder(tx, orderId);
            },
            context.CancellationToken);
        return new V1.GetOrderTimelineResponse { Entries = { rows.Select(OrderWire.Of) } };
    }

    public override Task<V1.ListStuckOrdersResponse> ListStuckOrders(V1.ListStuckOrdersRequest request, ServerCallContext context) =>
        listStuck.Handle(request, context.CancellationToken);

    public override Task WatchOrder(
        V1.WatchOrderRequest request, IServerStreamWriter<V1.WatchOrderResponse> responseStream, ServerCallContext context) =>
        watch.Handle(request, responseStream, context.CancellationToken);
}
