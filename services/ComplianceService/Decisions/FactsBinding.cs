using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>What a release is bound to: the facts with the item's facts as used, without the ship date, for which a window stands.</summary>
internal static class FactsBinding
{
    /// <summary>The facts with the item's facts as used.</summary>
    public static ShipmentFacts Of(ShipmentFacts facts, ItemUsed used) =>
        facts with { Item = new Item(used.PartNumber, used.Family, used.Facts) };

    public static string DigestOf(ShipmentFacts bound) => FactsDigest.Of(bound with { ShipDate = DateOnly.MinValue });
}
