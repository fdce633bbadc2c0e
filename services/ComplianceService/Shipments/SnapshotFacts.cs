using OrderTracking.ComplianceService.Screening;
using OrderTracking.Contracts;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Shipments;

/// <summary>The facts of an event's shipment as a decision takes them.</summary>
internal static class SnapshotFacts
{
    /// <exception cref="KeyNotFoundException">A role or movement is unknown: the event is not one of this version.</exception>
    public static ShipmentFacts Of(ShipmentSnapshot shipment)
    {
        var value = WireMoney.Of(shipment.Value);
        return new ShipmentFacts(
            Of(shipment.Item),
            shipment.Exporter,
            new PlaceOfExport(shipment.PlaceOfExportCountry, shipment.PlaceOfExportTimeZone),
            shipment.DestinationCountry,
            Codes<Movement>.Parse(shipment.Movement),
            [.. shipment.Parties.Select(Of)],
            shipment.PlannedShipDate,
            shipment.Quantity,
            new DeclaredValue(value.CurrencyCode, value.Units, value.Nanos));
    }

    private static Item Of(ItemReference item) => new(
        item.PartNumber,
        item.Family,
        item.Facts is { } stated
            ? new ItemFacts(
                stated.Tpp,
                stated.PerformanceDensity,
                stated.DieAreaSquareMillimetres,
                stated.IoBandwidthGbps,
                stated.MemoryBandwidthGbps,
                stated.DesignedForDataCenter)
            : null);

    private static Party Of(PartyFacts party) => new(
        Codes<PartyRole>.Parse(party.Role),
        party.Name,
        party.Country,
        party.HeadquartersCountry,
        !party.UltimateParentStated ? null
            : party.UltimateParentCountry is { } country ? UltimateParent.In(country)
            : UltimateParent.None,
        party.ListedOwner,
        party.ListedOwnerSharePercent);
}
