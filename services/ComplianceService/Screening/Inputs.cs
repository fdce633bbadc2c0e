using System.Globalization;
using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Index;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>
/// Shipment and item facts as the rules read them: Hong Kong read as China, parties folded into one set, a missing performance density
/// derived. Made once a shipment and evaluated against any number of days and rule sets.
/// </summary>
internal sealed class Inputs
{
    /// <summary>Item facts above this are refused, so that no product of a threshold and an area can overflow.</summary>
    public const decimal FactMax = 1_000_000_000_000m;

    private readonly ItemFacts item;
    private readonly decimal? density;
    private ItemRow? itemRow;

    private Inputs(ShipmentFacts facts, ItemUsed used, CountrySet headquarters)
    {
        Facts = facts;
        Used = used;
        Headquarters = headquarters;
        item = used.Facts;
        var derived = item.PerformanceDensity is null && item.DieAreaSquareMillimetres is not null;
        density = derived ? item.Tpp : item.PerformanceDensity;
        DensityDivisor = derived ? item.DieAreaSquareMillimetres!.Value : 1m;
    }

    public ShipmentFacts Facts { get; }

    public ItemUsed Used { get; }

    public int Destination { get; private init; }

    public int PlaceOfExport { get; private init; }

    public CountrySet Headquarters { get; }

    /// <summary>The same countries one by one.</summary>
    public int[] Seats { get; private init; } = [];

    /// <summary>Percent; 0 when no share was given.</summary>
    public decimal ListedOwnerShareMax { get; private init; }

    public bool ParentNotStated { get; private init; }

    public bool OwnershipUnknown { get; private init; }

    /// <summary>The parties held against the lists; destinations of US too.</summary>
    public PartyScreening Screening { get; private init; } = PartyScreening.None;

    /// <summary>Whether there is a finding that no rule makes.</summary>
    public bool HasReasons => ParentNotStated || OwnershipUnknown || PartNotInCatalogue || Screening.Holds;

    /// <summary>A destination of US has no rule; findings about missing statements stand all the same.</summary>
    public bool IsDomestic => Facts.DestinationCountry == "US";

    public bool PartNotInCatalogue => Used.Source == ItemSource.NotInCatalogue;

    /// <summary>1, or the die area when the density is derived: then <see cref="Number"/> gives the TPP for it.</summary>
    public decimal DensityDivisor { get; }

    public bool DensityIsDerived => item.PerformanceDensity is null && item.DieAreaSquareMillimetres is not null;

    public bool? DesignedForDataCenter => item.DesignedForDataCenter;

    public string? Family => Used.Family;

    public string DestinationWords => Facts.DestinationCountry == "HK" ? "HK (read as CN)" : Facts.DestinationCountry;

    /// <exception cref="ArgumentException">A country is not in ISO 3166-1, or a number is out of range.</exception>
    /// <param name="screening">What matching the parties came to; absent where no list is known.</param>
    public static Inputs Of(ShipmentFacts facts, ItemUsed used, PartyScreening? screening = null)
    {
        Check(used.Facts);
        var headquarters = new CountrySet();
        // A headquarters and a parent a party.
        var seats = new int[facts.Parties.Count * 2];
        var seated = 0;
        var share = 0m;
        bool parentNotStated = false, ownershipUnknown = false;
        foreach (var party in facts.Parties)
        {
            Add(party.HeadquartersCountry);
            if (party.UltimateParent?.Country is { } parent)
                Add(parent);
            parentNotStated |= party.UltimateParent is null;
            ownershipUnknown |= OwnershipIsUnknown(party);
            share = Math.Max(share, party.ListedOwnerSharePercent ?? 0m);
        }

        return new Inputs(facts, used, headquarters)
        {
            Destination = Index(facts.DestinationCountry),
            PlaceOfExport = CountrySet.IndexOf(facts.PlaceOfExport.Country),
            ListedOwnerShareMax = share,
            ParentNotStated = parentNotStated,
            OwnershipUnknown = ownershipUnknown,
            Screening = screening ?? PartyScreening.None,
            Seats = seats[..seated],
        };

        void Add(string country)
        {
            var index = Index(country);
            if (headquarters.Contains(index))
                return;
            headquarters.Add(index);
            seats[seated++] = index;
        }
    }

    public static bool OwnershipIsUnknown(Party party) =>
        !string.IsNullOrWhiteSpace(party.ListedOwner) && party.ListedOwnerSharePercent is null;

    /// <summary>The same shipment with other item facts: how missing facts are found.</summary>
    public Inputs With(ItemFacts facts, string? family) => new(Facts, Used with { Facts = facts, Family = family }, Headquarters)
    {
        Destination = Destination,
        PlaceOfExport = PlaceOfExport,
        ListedOwnerShareMax = ListedOwnerShareMax,
        Screening = Screening,
        Seats = Seats,
    };

    /// <summary>What a day's rules say about the item and the exporter; looked up when first asked for.</summary>
    public ItemRow ItemRowIn(RuleIndex index) => itemRow is { } known && known.Index == index ? known : itemRow = index.RowOf(this);

    public decimal? Number(NumericFact fact) => fact switch
    {
        NumericFact.Tpp => item.Tpp,
        NumericFact.PerformanceDensity => density,
        NumericFact.IoBandwidth => item.IoBandwidthGbps,
        _ => item.MemoryBandwidthGbps,
    };

    public string Describe(NumericFact fact)
    {
        if (Number(fact) is not { } value)
            return "(not known)";
        if (fact != NumericFact.PerformanceDensity || !DensityIsDerived)
            return value.ToString("#,##0.######", CultureInfo.InvariantCulture);

        // Cut, not rounded: a density just under a threshold must not read as if it met it.
        var quotient = Math.Truncate(value / DensityDivisor * 10_000m) / 10_000m;
        return string.Create(
            CultureInfo.InvariantCulture, $"{quotient:#,##0.####} (TPP {value:#,##0.######} over {DensityDivisor:#,##0.######} mm2)");
    }

    /// <summary>Which parties bring a country of this set, and how, up to the verb.</summary>
    public string HeadquartersWords(CountrySet set)
    {
        var found = new List<string>();
        foreach (var party in Facts.Parties)
        {
            if (set.Contains(Index(party.HeadquartersCountry)))
                found.Add($"the headquarters of {party.Name} ({party.HeadquartersCountry})");
            if (party.UltimateParent?.Country is { } parent && parent != party.HeadquartersCountry && set.Contains(Index(parent)))
                found.Add($"the ultimate parent of {party.Name} ({parent})");
        }

        // One company in several roles is one reason, not several.
        var distinct = found.Distinct(StringComparer.Ordinal).ToList();
        return $"{string.Join(" and ", distinct)} {(distinct.Count > 1 ? "are" : "is")}";
    }

    private static int Index(string country) => CountrySet.IndexOf(Countries.ReadByRules(country));

    private static void Check(ItemFacts facts)
    {
        Check(facts.Tpp, FactNames.Tpp);
        Check(facts.PerformanceDensity, FactNames.PerformanceDensity);
        Check(facts.IoBandwidthGbps, FactNames.IoBandwidth);
        Check(facts.MemoryBandwidthGbps, FactNames.MemoryBandwidth);
        Check(facts.DieAreaSquareMillimetres, "die_area_mm2");
        if (facts.DieAreaSquareMillimetres == 0m)
            throw new ArgumentException("A die area is more than 0 mm2.", nameof(facts));
    }

    private static void Check(decimal? value, string fact)
    {
        if (value is < 0m or > FactMax)
            throw new ArgumentException($"{fact} must be from 0 to {Canonical.Number(FactMax)}.", nameof(value));
    }
}
