using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.Types.V1;

namespace OrderTracking.TestKit;

/// <summary>
/// An amendment that makes a family need a licence to one country from a day on, with the tests it needs to be published.
/// </summary>
public sealed record AmendmentSketch(string Family, string Country, DateOnly From)
{
    /// <summary>Its content, as rule packs have it.</summary>
    public string Definition => $$"""
        status: IN_FORCE
        effective: { from: {{From:yyyy-MM-dd}} }
        citation: "none: made up for a test"
        source: test
        certainty: unconfirmed
        sentence: A test rule.
        scope: { destination: {{Country}} }
        item: { family: {{Family}} }
        policy: PRESUMPTION_OF_DENIAL
        """;

    /// <summary>One shipment it blocks, and one to another country that it says nothing of.</summary>
    public IEnumerable<AmendmentTest> Tests() =>
    [
        new AmendmentTest
        {
            Name = "The family to the country",
            Facts = Facts(Country),
            Outcome = Outcome.Blocked,
            Fires = new AmendmentTest.Types.Fires { Effect = Effect.LicenceRequired, ReviewPolicy = ReviewPolicy.PresumptionOfDenial },
        },
        new AmendmentTest { Name = "The family within the US", Facts = Facts("US"), Outcome = Outcome.Cleared, DoesNotFire = new Empty() },
    ];

    private ShipmentFacts Facts(string destination) => new()
    {
        Item = new Item
        {
            PartNumber = $"{Family}-1",
            Family = Family,
            Facts = new ItemFacts
            {
                Tpp = 1,
                PerformanceDensity = 0.1,
                IoBandwidthGbps = 1,
                MemoryBandwidthGbps = 1,
                DesignedForDataCenter = false,
            },
        },
        Exporter = "NVIDIA",
        PlaceOfExport = new PlaceOfExport { Country = "US", TimeZone = "America/Los_Angeles" },
        DestinationCountry = destination,
        Movement = Movement.Export,
        Parties =
        {
            new Party
            {
                Role = PartyRole.EndUser,
                Name = "Aurora Systems",
                Country = destination,
                HeadquartersCountry = destination,
                UltimateParent = new UltimateParent { None = new Empty() },
            },
        },
        ShipDate = new Google.Type.Date { Year = From.Year, Month = From.Month, Day = From.Day },
    };
}
