using Grpc.Core;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>Returns one shipment.</summary>
internal sealed class GetShipment(ShipmentsDb db)
{
    public async Task<Api.Shipment> Handle(Api.GetShipmentRequest request, ServerCallContext context)
    {
        var id = WireName.Require(request.Name, "shipments");
        return ShipmentMapping.Of(await db.Read(tx => ShipmentStore.Require(tx, id), context.CancellationToken));
    }
}
