using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.Benchmarks.Deciding;

/// <summary>Shipments of every kind the twenty rules know, the same at each run.</summary>
internal static class Chips
{
    private static readonly string[] Countries = ["CN", "HK", "MO", "RU", "BY", "IR", "VN", "SA", "AE", "SG", "DE", "JP", "TW", "IN", "MM", "GB", "QA", "US"];

    private static readonly (string Family, ItemFacts Facts)[] Kinds =
    [
        ("A100", new ItemFacts(4992, 6.04m, null, 600, 2039, true)), ("H100", new ItemFacts(15824, 19.4m, null, 900, 3350, true)),
        ("H20", new ItemFacts(2368, 2.9m, null, 900, 4000, true)), ("MI308X", new ItemFacts(2400, 2.5m, null, 1100, 5300, true)),
        ("L2", new ItemFacts(1500, 5.2m, null, 64, 300, true)), ("OTHER", new ItemFacts(9700, 5.92m, null, 300, 2500, false)),
    ];

    public static IReadOnlyList<ShipmentFacts> Some(int count)
    {
        var random = new Random(20250501);
        return [.. Enumerable.Range(0, count).Select(_ => One(random))];
    }

    private static ShipmentFacts One(Random random)
    {
        var (family, facts) = Kinds[random.Next(Kinds.Length)];
        var exporter = ((string[])["NVIDIA", "AMD", "INTEL", "OTHER"])[random.Next(4)];
        var parties = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Party(random)).ToArray();
        var destination = Countries[random.Next(Countries.Length - 1)];
        return new ShipmentFacts(
            new Item(family, family, facts), exporter, new PlaceOfExport(random.Next(4) == 0 ? "TW" : "US", "UTC"), destination,
            (Movement)random.Next(3), parties, TwentyRules.ShipDate);
    }

    private static Party Party(Random random)
    {
        var country = Countries[random.Next(Countries.Length)];
        return new Party(
            PartyRole.EndUser, "Buyer", country, country, UltimateParent.In(Countries[random.Next(Countries.Length)]), null, random.Next(10) == 0 ? 60m : null);
    }
}
