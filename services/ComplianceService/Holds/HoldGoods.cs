using OrderTracking.ComplianceService.Screening;
using OrderTracking.Contracts;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>What a hold keeps from leaving, as far as work lists show it. It follows the shipment.</summary>
/// <param name="Value">Null where none is declared.</param>
internal sealed record HoldGoods(string PartNumber, DateOnly PlannedShipDate, string Buyer, string DestinationCountry, MoneyAmount? Value)
{
    private static readonly PartyRole[] BuyerRoles = [PartyRole.Purchaser, PartyRole.UltimateConsignee, PartyRole.EndUser];

    public static HoldGoods Of(ShipmentFacts facts) => new(
        facts.Item.PartNumber,
        facts.ShipDate,
        BuyerOf(facts.Parties),
        facts.DestinationCountry,
        facts.Value is { } value ? FactsMapping.Of(value) : null);

    // Who bought it; where nobody is named as the purchaser, whom it is for.
    private static string BuyerOf(IReadOnlyList<Party> parties) =>
        BuyerRoles.Select(role => parties.FirstOrDefault(party => party.Role == role)).OfType<Party>().Concat(parties).FirstOrDefault()?.Name ?? "";
}
