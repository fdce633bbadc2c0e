using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>Permits as callers see them.</summary>
internal static class PermitMapping
{
    public static V1.Permit Of(Permit permit)
    {
        var message = new V1.Permit
        {
            Name = Names.Permit(permit.Id),
            Uid = permit.Id.ToString("D"),
            CreateTime = permit.CreatedAt.ToTimestamp(),
            UpdateTime = permit.UpdatedAt.ToTimestamp(),
            Etag = Etag.Of(permit.Version),
            State = permit.State == PermitState.Granted ? V1.Permit.Types.State.Granted : V1.Permit.Types.State.Revoked,
            Shipment = Names.Shipment(permit.ShipmentId),
            ShipmentRevision = permit.ShipmentRevision,
            Order = Names.Order(permit.OrderId),
            ShipDate = WireDate.Of(permit.ShipDate),
            Decision = Names.Decision(permit.DecisionId),
            RequestId = permit.RequestId.ToString("D"),
            RevokeReason = permit.RevokeReason,
            RevokeTime = permit.RevokedAt?.ToTimestamp(),
            FactsDigest = permit.FactsDigest,
        };
        message.Licences.AddRange(permit.LicenceIds.Select(Names.Licence));
        return message;
    }
}
