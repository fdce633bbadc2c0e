using System.Globalization;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>One thing a release relied on that is another now, in words staff can read; "none" where there is nothing.</summary>
internal sealed record ReleaseChange(string Field, string Before, string After)
{
    public override string ToString() => $"{Field} {Before} -> {After}";
}

/// <summary>Says field by field what differs between the facts a release was given for and those of now.</summary>
internal static class FactsDifference
{
    private const string None = "none";

    public static IReadOnlyList<ReleaseChange> Between(ShipmentFacts before, ShipmentFacts after)
    {
        var parties = Parties(before.Parties, after.Parties).ToList();
        if (parties.Count == 0 && !before.Parties.SequenceEqual(after.Parties))
            parties.Add(new ReleaseChange("order of the parties", Names(before.Parties), Names(after.Parties)));
        return
        [
            .. Differing(Plain(before), Plain(after)),
            .. parties,
            .. Differing(Item(before.Item), Item(after.Item)),
            .. Differing([("planned ship date", Text(before.ShipDate))], [("planned ship date", Text(after.ShipDate))]),
        ];
    }

    private static (string Field, string Value)[] Plain(ShipmentFacts facts) =>
    [
        ("quantity", facts.Quantity?.ToString(CultureInfo.InvariantCulture) ?? None),
        ("value", facts.Value is { } value ? Text(value) : None),
        ("destination", facts.DestinationCountry),
        ("exporter", facts.Exporter),
        ("place of export", facts.PlaceOfExport.Country),
        ("time zone", facts.PlaceOfExport.TimeZone),
        ("movement", Codes<Movement>.Of(facts.Movement)),
    ];

    private static (string Field, string Value)[] Item(Item item)
    {
        var facts = item.Facts ?? ItemFacts.Unknown;
        return
        [
            ("part", item.PartNumber),
            ("family", item.Family ?? None),
            ("total processing performance", Text(facts.Tpp)),
            ("performance density", Text(facts.PerformanceDensity)),
            ("die area", Text(facts.DieAreaSquareMillimetres)),
            ("interconnect bandwidth", Text(facts.IoBandwidthGbps)),
            ("memory bandwidth", Text(facts.MemoryBandwidthGbps)),
            ("designed for data centers", facts.DesignedForDataCenter is { } designed ? (designed ? "yes" : "no") : "unknown"),
        ];
    }

    // Parties are told apart by their role, and by their place among those of the same role.
    private static IEnumerable<ReleaseChange> Parties(IReadOnlyList<Party> before, IReadOnlyList<Party> after)
    {
        foreach (var role in Enum.GetValues<PartyRole>())
        {
            var (were, are) = (before.Where(party => party.Role == role).ToList(), after.Where(party => party.Role == role).ToList());
            for (var place = 0; place < Math.Max(were.Count, are.Count); place++)
                foreach (var change in Of(NameOf(role), were.ElementAtOrDefault(place), are.ElementAtOrDefault(place)))
                    yield return change;
        }
    }

    private static IEnumerable<ReleaseChange> Of(string role, Party? before, Party? after)
    {
        if (before?.Name != after?.Name)
            yield return new ReleaseChange(role, before?.Name ?? None, after?.Name ?? None);
        if (before is null || after is null)
            yield break;
        foreach (var change in Differing(Details(role, before), Details(role, after)))
            yield return change;
    }

    private static (string Field, string Value)[] Details(string role, Party party) =>
    [
        ($"country of the {role}", party.Country),
        ($"headquarters of the {role}", party.HeadquartersCountry),
        ($"ultimate parent of the {role}", party.UltimateParent is { } parent ? parent.Country ?? None : "not stated"),
        ($"listed owner of the {role}", party.ListedOwner ?? None),
        ($"listed owner's share of the {role}", party.ListedOwnerSharePercent is { } share ? $"{Text(share)}%" : "not stated"),
    ];

    private static IEnumerable<ReleaseChange> Differing((string Field, string Value)[] before, (string Field, string Value)[] after) =>
        before.Zip(after)
            .Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new ReleaseChange(pair.Second.Field, pair.First.Value, pair.Second.Value));

    private static string NameOf(PartyRole role) => role switch
    {
        PartyRole.Purchaser => "purchaser",
        PartyRole.IntermediateConsignee => "intermediate consignee",
        PartyRole.UltimateConsignee => "consignee",
        _ => "end user",
    };

    private static string Names(IReadOnlyList<Party> parties) => string.Join(", ", parties.Select(party => party.Name));

    private static string Text(decimal? number) => number?.ToString("0.############", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DeclaredValue value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.CurrencyCode} {value.Units + (value.Nanos / 1_000_000_000m):0.#########}");
}
