using System.Collections.Concurrent;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Lists.Matching;

/// <summary>A listed party a party may be.</summary>
/// <param name="Entry">Its place among the entries.</param>
/// <param name="Score">0 to 100.</param>
internal readonly record struct PartyHit(int Entry, int Score, string MatchedName, Agreement Country, Agreement Address);

/// <summary>What is known of a party: the listed ones it may be, in the order of the entries, and whether its name could be read at all.</summary>
internal sealed record ScoredParty(IReadOnlyList<PartyHit> Hits, bool IsReadable);

/// <summary>Scores parties against entries that do not change; what was asked is kept, so that a party costs once.</summary>
internal sealed class PartyScorer(IReadOnlyList<ListEntry> entries)
{
    /// <summary>The lowest threshold there can be; below it nobody looks.</summary>
    public const int ScoreMin = 70;

    private const int ScoreMax = 100;
    private const int CountryAgrees = 4;
    private const int CountryDiffers = -6;
    private const int AddressAgrees = 6;
    private const int AddressDiffers = -2;
    private const int ThousandthsPerPoint = 10;
    private const int PartiesKept = 50_000;

    private readonly MatchIndex index = new(entries);
    private readonly ConcurrentDictionary<(string Name, string Country, string Headquarters, string? Address), ScoredParty> kept = new();

    /// <summary>The entries from <see cref="ScoreMin"/> on.</summary>
    public ScoredParty Of(Party party)
    {
        var key = (party.Name, party.Country, party.HeadquartersCountry, party.Address);
        if (kept.TryGetValue(key, out var known))
            return known;
        var scored = new ScoredParty(Score(party), NameKey.IsReadable(party.Name));
        if (kept.Count >= PartiesKept)
            kept.Clear();
        kept.TryAdd(key, scored);
        return scored;
    }

    private PartyHit[] Score(Party party)
    {
        var hits = new List<PartyHit>();
        foreach (var hit in index.Find(party.Name))
        {
            var country = Agreements.OfCountry(party, entries[hit.Entry]);
            var address = Agreements.OfAddress(party.Address, entries[hit.Entry]);
            var score = Points(hit.Score)
                + Of(country, CountryAgrees, CountryDiffers)
                + Of(address, AddressAgrees, AddressDiffers);
            if (score >= ScoreMin)
                hits.Add(new PartyHit(hit.Entry, Math.Min(ScoreMax, score), hit.MatchedName, country, address));
        }

        return [.. hits];
    }

    private static int Points(int thousandths) => (thousandths + (ThousandthsPerPoint / 2)) / ThousandthsPerPoint;

    private static int Of(Agreement agreement, int agrees, int differs) => agreement switch
    {
        Agreement.Agrees => agrees,
        Agreement.Differs => differs,
        _ => 0,
    };
}
