using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.TestKit;
using OrderTracking.Types.V1;

namespace OrderTracking.Benchmarks.Screening;

/// <summary>What callers ask: shipments of known parts by known and unknown facts, some cleared, some held, some blocked; the same at each run.</summary>
internal static class Questions
{
    private static readonly string[] Parts = ["L2", "H20", "H100-SXM5", "A100-SXM-80", "MI308X", "L40S", "RTX-4090", "NO-SUCH-PART"];
    private static readonly string[] Countries = ["DE", "CN", "SG", "JP", "VN", "AE", "HK", "GB"];

    public static IReadOnlyList<CheckShipmentRequest> Some(int count, DecisionView view) =>
        [.. Enumerable.Range(0, count).Select(number => new CheckShipmentRequest { Facts = Facts(number), View = view })];

    private static ShipmentFacts Facts(int number)
    {
        var destination = Countries[number / Parts.Length % Countries.Length];
        var facts = new ShipmentFacts
        {
            Item = new Item { PartNumber = Parts[number % Parts.Length] },
            Exporter = "NVIDIA",
            PlaceOfExport = new PlaceOfExport { Country = "US", TimeZone = "America/Los_Angeles" },
            DestinationCountry = destination,
            Movement = Movement.Export,
            ShipDate = OrderSketch.Wire(new DateOnly(2025, 5, 1).AddDays(number % 28)),
            Quantity = 10 + number,
        };
        if (number % 4 == 3)
            facts.Item.Facts = new ItemFacts { Tpp = 2_000 + number, IoBandwidthGbps = 600, MemoryBandwidthGbps = 4_000, DesignedForDataCenter = true };
        facts.Parties.Add(Party(PartyRole.Purchaser, $"Rechenwerk {number}", destination));
        facts.Parties.Add(Party(PartyRole.EndUser, $"Datenwerk {number}", destination));
        return facts;
    }

    private static Party Party(PartyRole role, string name, string country) => new()
    {
        Role = role,
        Name = name,
        Country = country,
        HeadquartersCountry = country,
        UltimateParent = new UltimateParent { None = new Empty() },
    };
}
