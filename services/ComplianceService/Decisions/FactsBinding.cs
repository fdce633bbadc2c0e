using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>What a release is bound to: the facts with the item's facts as used, without the ship date, for which a window stands.</summary>
internal static class FactsBinding
{
    public static string DigestOf(ShipmentFacts facts, ItemUsed used) => FactsDigest.Of(facts with
    {
        Item = new Item(used.PartNumber, used.Family, used.Facts),
        ShipDate = DateOnly.MinValue,
    });
}
