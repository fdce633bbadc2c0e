using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Lists.Matching;

/// <summary>What country and address say beside the name. Hong Kong is read as China, as the rules read it.</summary>
internal static class Agreements
{
    private const int SharedWordsMin = 2;
    private const int SharedPercentMin = 60;

    private static readonly HashSet<string> AddressStops = new(StringComparer.Ordinal)
    {
        "st", "street", "str", "ul", "ulitsa", "road", "rd", "avenue", "ave", "av", "lane", "floor", "flr", "room", "rm", "building", "bldg", "block", "no",
        "number", "unit", "suite", "district", "city", "town", "province", "p", "o", "box", "po", "c", "the", "of", "and", "near", "house", "flat", "area",
    };

    public static Agreement OfCountry(Party party, ListEntry entry)
    {
        if (entry.Countries.Count == 0 || party.Country.Length == 0)
            return Agreement.NotCompared;
        var listed = entry.Countries.Select(Countries.ReadByRules);
        return listed.Any(country => country == Countries.ReadByRules(party.Country) || country == Countries.ReadByRules(party.HeadquartersCountry))
            ? Agreement.Agrees
            : Agreement.Differs;
    }

    public static Agreement OfAddress(string? address, ListEntry entry)
    {
        if (string.IsNullOrWhiteSpace(address) || entry.Addresses.Count == 0)
            return Agreement.NotCompared;
        var stated = Words(address);
        return entry.Addresses.Any(listed => Agree(stated, Words(listed))) ? Agreement.Agrees : Agreement.Differs;
    }

    private static bool Agree(HashSet<string> a, HashSet<string> b)
    {
        var shared = a.Count(b.Contains);
        return shared >= SharedWordsMin && shared * 100 >= SharedPercentMin * Math.Min(a.Count, b.Count);
    }

    private static HashSet<string> Words(string address) =>
        Transliteration.Latin(address).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !AddressStops.Contains(word))
            .Select(Transliteration.Fold).ToHashSet(StringComparer.Ordinal);
}
