using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>Whom a shipment is sold to: the purchaser, or else the first end user, or else whoever is named first.</summary>
internal sealed record Customer(string Name, string Country, string HeadquartersCountry)
{
    /// <summary>Companies of one name in two countries are two.</summary>
    public string Key => $"{Name} ({Country})";

    public static Customer Of(ShipmentFacts facts)
    {
        var party = Find(facts, PartyRole.Purchaser) ?? Find(facts, PartyRole.EndUser) ?? facts.Parties[0];
        return new Customer(party.Name, party.Country, party.HeadquartersCountry);
    }

    private static Party? Find(ShipmentFacts facts, PartyRole role)
    {
        foreach (var party in facts.Parties)
            if (party.Role == role)
                return party;
        return null;
    }
}
