using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>A request for a permit, parsed.</summary>
internal sealed record DispatchRequest(Guid RequestId, Guid ShipmentId, Guid OrderId, long Revision, ShipmentFacts Facts, string FactsDigest)
{
    /// <exception cref="Refusal">INVALID_ARGUMENT with every violation.</exception>
    public static DispatchRequest Parse(V1.AuthorizeDispatchRequest request)
    {
        var violations = new Violations();
        if (!Guid.TryParseExact(request.RequestId, "D", out var requestId))
            violations.Add("request_id", BuildingReasons.RequestIdNotUuid, request.RequestId, "a UUID of 36 characters");
        if (request.ShipmentRevision < 1)
            violations.Add("shipment_revision", ComplianceReasons.ShipmentRevisionInvalid, $"{request.ShipmentRevision}", "1 or more");
        var shipment = WireName.Parse(request.Shipment, Names.Shipments, "shipment", violations);
        var order = WireName.Parse(request.Order, Names.Orders, "order", violations);
        var facts = FactsMapping.Parse(request.Facts, "facts", violations);
        violations.ThrowIfAny();
        return new DispatchRequest(requestId, shipment!.Value, order!.Value, request.ShipmentRevision, facts!, WireFacts.DigestOf(request.Facts));
    }
}
