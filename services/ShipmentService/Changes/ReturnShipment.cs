using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Shipments;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Changes;

/// <summary>Records that a shipment came back: from the dock, from the way or from the consignee.</summary>
internal sealed class ReturnShipment(ChangeShipment change)
{
    public Task<Api.Shipment> Handle(Api.ReturnShipmentRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        var id = ChangeShipment.ParseName(request.Name, violations);
        var reason = ChangeShipment.ParseReason(request.Reason, violations);
        violations.ThrowIfAny();
        return change.Run(
            new ShipmentCall(request, id, request.Etag, request.RequestId, request.ValidateOnly, context),
            (shipment, stamp) => [Return(shipment, reason, stamp)],
            (shipment, _) => ShipmentMapping.Of(shipment));
    }

    /// <summary>The returned shipment.</summary>
    /// <exception cref="Refusal">It has not left, or came back before.</exception>
    public static ShipmentStep Return(Shipment shipment, string reason, Stamp stamp)
    {
        ShipmentGuards.RequireAway(shipment);
        return ShipmentStep.Of(shipment, shipment with { State = ShipmentState.Returned }, new ShipmentNews.Returned(reason), stamp);
    }
}
