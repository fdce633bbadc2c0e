using OrderTracking.ComplianceService.Screening;
using OrderTracking.Contracts.Shipments;

namespace OrderTracking.ComplianceService.Shipments;

/// <summary>The facts of an event's shipment as a decision takes them.</summary>
internal static class SnapshotFacts
{
    public static ShipmentFacts Of(ShipmentSnapshot shipment) => new(
        FactsMapping.Of(shipment.Item),
        shipment.Exporter,
        new PlaceOfExport(shipment.PlaceOfExportCountry, shipment.PlaceOfExportTimeZone),
        shipment.DestinationCountry,
        FactsMapping.MovementOf(shipment.Movement),
        [.. shipment.Parties.Select(FactsMapping.Of)],
        shipment.PlannedShipDate,
        shipment.Quantity,
        FactsMapping.Of(shipment.Value));
}
