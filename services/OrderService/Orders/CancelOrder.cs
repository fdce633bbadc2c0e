using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.OrderService.Changes;
using OrderTracking.Wire;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Orders;

/// <summary>Cancels what has not left, after the shipment service has stopped it.</summary>
internal sealed class CancelOrder(ChangeWalk walk)
{
    private const string Method = "ordertracking.orders.v1.OrderService/CancelOrder";

    public Task<V1.Order> Handle(V1.CancelOrderRequest request, Actor actor, CancellationToken cancellation)
    {
        var violations = new Violations();
        var orderId = WireName.Parse(request.Name, OrderWire.Collection, "name", violations);
        var reason = WireText.Parse(request.Reason, "reason", Limits.ReasonCharactersMax, violations);
        violations.ThrowIfAny();
        var call = new ChangeCall(
            orderId!.Value, ChangeKind.Cancel, Method, request.RequestId, actor, request, request.Etag, reason, request.ValidateOnly);
        return walk.Run(call, order => order.Content, cancellation);
    }
}
