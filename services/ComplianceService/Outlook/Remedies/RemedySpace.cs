using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Outlook.Windows;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Outlook.Remedies;

/// <summary>A licence, and what the shipment has of it.</summary>
internal sealed record HeldLicence(Licence Licence, HeldUse? Held);

/// <summary>The facts with some changes in them, decided on any day.</summary>
internal sealed record Variant(IReadOnlyList<RemedyChange> Changes, ShipmentFacts Facts, DatedDecisions Dated);

/// <summary>All that is looked at for a remedy: the question, what is known, and the candidates of every kind.</summary>
/// <param name="Shipment">Whose facts they are; for facts alone one that has nothing yet.</param>
/// <param name="Day">The ship date in question, at the place of export.</param>
/// <param name="Licences">Those that may cover it.</param>
/// <param name="Settled">The rules a release settles on that day as it is.</param>
internal sealed record RemedySpace(
    KnowledgeHead Head, DateTimeOffset KnownAt, KnownShipment Shipment, DateOnly Day, DateOnly Today, IReadOnlyList<HeldLicence> Licences,
    IReadOnlySet<string> Settled)
{
    public ShipmentFacts Facts => Shipment.Facts;

    public Variant Of(IReadOnlyList<RemedyChange> changes, ShipmentFacts facts) => new(changes, facts, new DatedDecisions(Head, facts, KnownAt));

    /// <summary>
    /// Other days, the nearest first: of every stretch on which neither rules nor licences change, the day nearest to the one in question,
    /// from today on.
    /// </summary>
    public IReadOnlyList<DateOnly> Days(Variant variant)
    {
        var starts = variant.Dated.Starts
            .Concat(Licences.SelectMany(one => (DateOnly[])[one.Licence.ValidFrom, one.Licence.ValidTo.AddDays(1)]));
        var nearest = new SortedSet<DateOnly> { Day.AddDays(-1), Day.AddDays(1) };
        foreach (var start in starts)
            nearest.Add(start > Day ? start : start > DateOnly.MinValue ? start.AddDays(-1) : start);
        return [.. nearest.Where(day => day != Day && day >= Today).OrderBy(day => Math.Abs(day.DayNumber - Day.DayNumber)).ThenBy(day => day)];
    }

    /// <summary>Parts of the same vendor in the catalogue, the most alike first.</summary>
    public IReadOnlyList<RemedyChange.Part> Parts()
    {
        if (Head.Catalogue.Find(Facts.Item.PartNumber, KnownAt) is not { } own)
            return [];
        var facts = Facts.Item.Facts ?? own.Facts;
        return
        [
            .. Head.Catalogue.PartNumbers.Where(part => part != own.PartNumber)
                .Select(part => Head.Catalogue.Find(part, KnownAt)).OfType<PartRevision>()
                .Where(part => part.Vendor == own.Vendor)
                .Select(part => new RemedyChange.Part(part.PartNumber, Distance(facts, part.Facts)))
                .OrderBy(part => part.Distance).ThenBy(part => part.PartNumber, StringComparer.Ordinal),
        ];
    }

    /// <summary>Countries where a party is, or has its headquarters.</summary>
    public IReadOnlyList<RemedyChange.Destination> Destinations() =>
    [
        .. Facts.Parties.SelectMany(party => (string[])[party.Country, party.HeadquartersCountry])
            .Where(country => country != Facts.DestinationCountry).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(country => new RemedyChange.Destination(country)),
    ];

    public static ShipmentFacts Apply(ShipmentFacts facts, RemedyChange change) => change switch
    {
        RemedyChange.Date date => facts with { ShipDate = date.Day },
        RemedyChange.Part part => facts with { Item = new Item(part.PartNumber) },
        RemedyChange.Destination destination => facts with { DestinationCountry = destination.Country },
        // Facts of a part say something of that part only.
        RemedyChange.Facts stated => facts with
        {
            Item = stated.Example.Item.PartNumber == facts.Item.PartNumber ? stated.Example.Item : facts.Item,
            Parties = stated.Example.Parties,
        },
        _ => facts,
    };

    private static decimal Distance(ItemFacts one, ItemFacts other) =>
        Difference(one.Tpp, other.Tpp) + Difference(one.MemoryBandwidthGbps, other.MemoryBandwidthGbps);

    // What is not known of one of them may be anything.
    private static decimal Difference(decimal? one, decimal? other) => (one, other) switch
    {
        ({ } a, { } b) => a == b ? 0m : Math.Abs(a - b) / Math.Max(a, b),
        _ => 1m,
    };
}
