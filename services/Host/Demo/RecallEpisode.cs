using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.Types.V1;

namespace OrderTracking.Host.Demo;

/// <summary>A made-up rule is published by two people while goods with a permit stand at the dock.</summary>
internal sealed class RecallEpisode(Cast cast, CancellationToken stopping)
{
    public const string Rule = "DEMO-2025-05-STOP";

    public async Task Publish(DateOnly day)
    {
        var proposed = await cast.Ana.Rules.ProposeAmendmentAsync(
            new ProposeAmendmentRequest
            {
                Rule = $"rules/{Rule}",
                Title = "Made up: L2 to Thailand",
                Definition = Definition(day),
                Tests =
                {
                    new AmendmentTest
                    {
                        Name = "L2 to Thailand",
                        Facts = Facts("TH", day),
                        Outcome = Outcome.Blocked,
                        Fires = new() { Effect = Effect.LicenceRequired, ReviewPolicy = ReviewPolicy.PresumptionOfDenial },
                    },
                    new AmendmentTest
                    {
                        Name = "L2 to Japan",
                        Facts = Facts("JP", day),
                        Outcome = Outcome.Cleared,
                        DoesNotFire = new Empty(),
                    },
                },
            },
            cancellationToken: stopping);
        await cast.Clara.Rules.PublishAmendmentAsync(
            new PublishAmendmentRequest { Name = proposed.Name, Digest = proposed.Digest, TestsDigest = proposed.TestsDigest },
            cancellationToken: stopping);
    }

    private static ShipmentFacts Facts(string destination, DateOnly day) => new()
    {
        Item = new Item { PartNumber = DemoOrders.RecalledPart },
        Exporter = "NVIDIA",
        PlaceOfExport = new PlaceOfExport { Country = "US", TimeZone = "America/Los_Angeles" },
        DestinationCountry = destination,
        Movement = Movement.Export,
        Parties =
        {
            new Party
            {
                Role = PartyRole.EndUser,
                Name = "A data centre",
                Country = destination,
                HeadquartersCountry = destination,
                UltimateParent = new UltimateParent { None = new Empty() },
            },
        },
        ShipDate = new Google.Type.Date { Year = day.Year, Month = day.Month, Day = day.Day },
    };

    private static string Definition(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $$"""
        status: IN_FORCE
        effective: { from: {{day:yyyy-MM-dd}} }
        citation: "none: made up for the demo"
        source: demo
        certainty: unconfirmed
        sentence: L2 needs a licence to Thailand.
        scope: { destination: TH }
        item: { family: {{DemoOrders.RecalledPart}} }
        policy: PRESUMPTION_OF_DENIAL
        """);
}
