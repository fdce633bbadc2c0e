using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Licences.Exceptions;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>What a shipment asks of a licence.</summary>
internal static class LicenceUses
{
    /// <param name="decision">
    /// The item as it was used counts: a licence for a family covers what the catalogue says belongs to it, one for a control paragraph what
    /// the rule it is used for found, if that rule reads the paragraph.
    /// </param>
    public static LicenceUse Of(KnownShipment shipment, Decision decision, string rule, DateOnly first, DateOnly last) => new(
        shipment.Id,
        rule,
        decision.ItemUsed.PartNumber,
        decision.ItemUsed.Family,
        shipment.Facts.Exporter,
        shipment.Facts.Parties,
        shipment.Facts.DestinationCountry,
        shipment.Facts.Quantity ?? throw new InvalidOperationException($"Shipment {shipment.Id} has no quantity."),
        shipment.Facts.Value is { } value ? FactsMapping.Of(value) : null,
        first,
        last)
    {
        ControlParagraphs = LicensingPack.Default.ParagraphsOf([.. decision.Findings.Where(finding => finding.Rule == rule)]),
        Exceptions = LicensingPack.Default.ExceptionsFrom(rule, shipment.Facts, decision),
    };
}
