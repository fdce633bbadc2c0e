using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit.Retention;

/// <summary>Says how long the records of a shipment are kept, and what determined it.</summary>
internal sealed class ReadRetention(ComplianceDb db)
{
    private const string CountErased = "select count(*) from erased_records where shipment = @shipment";

    public Task<V1.Retention> Get(V1.GetRetentionRequest request, CancellationToken cancellation)
    {
        var id = WireName.Require(request.Shipment, Names.Shipments, "shipment");
        return db.Read(async tx => await Of(tx, await Shipment(tx, id)), cancellation);
    }

    public static async Task<V1.Retention> Of(Tx tx, KnownShipment shipment)
    {
        var name = Names.Shipment(shipment.Id);
        var basis = await RetentionTerm.Of(tx, shipment);
        return new V1.Retention
        {
            Shipment = name,
            RetainUntil = basis is null ? null : WireDate.Of(RetentionTerm.Until(basis)),
            DeterminedBy = basis?.Kind ?? "",
            DeterminingDate = WireDate.Of(basis?.Date),
            LegalHold = (await LegalHolds.Standing(tx, name))?.ToMessage(),
            Erased = await IsErased(tx, name),
        };
    }

    public static async Task<bool> IsErased(Tx tx, string shipment) => await tx.Scalar<long>(CountErased, new { shipment }) > 0;

    public static async Task<KnownShipment> Shipment(Tx tx, Guid id) =>
        await ShipmentStore.Find(tx, id)
        ?? throw new Refusal(ComplianceReasons.ShipmentUnknown, $"{Names.Shipment(id)} is not known to compliance.");
}
