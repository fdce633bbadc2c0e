using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>What a shipment asks of a licence.</summary>
internal static class LicenceUses
{
    /// <param name="used">The item as the decision used it: a licence for a family covers what the catalogue says belongs to it.</param>
    public static LicenceUse Of(KnownShipment shipment, ItemUsed used, string rule, DateOnly first, DateOnly last) => new(
        shipment.Id,
        rule,
        used.PartNumber,
        used.Family,
        shipment.Facts.Exporter,
        shipment.Facts.Parties,
        shipment.Facts.DestinationCountry,
        shipment.Facts.Quantity ?? throw new InvalidOperationException($"Shipment {shipment.Id} has no quantity."),
        shipment.Facts.Value is { } value ? FactsMapping.Of(value) : null,
        first,
        last);
}
