using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Shipments;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Changes;

/// <summary>Cancels a shipment that is not being dispatched and has not left.</summary>
internal sealed class CancelShipment(ChangeShipment change)
{
    public Task<Api.Shipment> Handle(Api.CancelShipmentRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        var id = ChangeShipment.ParseName(request.Name, violations);
        var reason = ChangeShipment.ParseReason(request.Reason, violations);
        violations.ThrowIfAny();
        return change.Run(
            new ShipmentCall(request, id, request.Etag, request.RequestId, request.ValidateOnly, context),
            (shipment, stamp) => [Cancel(shipment, reason, stamp)],
            (shipment, _) => ShipmentMapping.Of(shipment));
    }

    /// <summary>The cancelled shipment; it keeps the quantity it would have had.</summary>
    /// <exception cref="Refusal">Its facts are frozen, it is gone or was cancelled before.</exception>
    public static ShipmentStep Cancel(Shipment shipment, string reason, Stamp stamp)
    {
        ShipmentGuards.RequireOpen(shipment);
        var cancelled = shipment with { State = ShipmentState.Cancelled, Overdue = false, Reasons = [] };
        return ShipmentStep.Of(shipment, cancelled, new ShipmentNews.Cancelled(reason), stamp);
    }
}
