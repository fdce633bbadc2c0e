using System.Globalization;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.Benchmarks.Redeciding;

/// <summary>Goods of all kinds that no rule of the pack holds; one in fourteen goes to each of fourteen countries.</summary>
internal static class SampleGoods
{
    public static readonly string[] Destinations = ["JP", "DE", "FR", "GB", "NL", "KR", "TW", "AU", "CA", "ES", "SE", "NO", "DK", "BE"];

    /// <summary>Kinds there are.</summary>
    public const int Kinds = 280;

    public static KnownShipment Of(int kind)
    {
        var destination = Destinations[kind % Destinations.Length];
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(30 + (kind % 20));
        var facts = new ItemFacts(40m + kind, 0.5m, null, 100m, 300m, false);
        var item = new Item(string.Create(CultureInfo.InvariantCulture, $"BENCH-{kind:000}"), "Jetson", facts);
        Party[] parties =
        [
            new(PartyRole.Purchaser, $"Customer {kind % 70}", destination, destination, UltimateParent.None),
            new(PartyRole.EndUser, $"User {kind}", destination, destination, UltimateParent.None),
        ];
        return new KnownShipment
        {
            Id = Guid.CreateVersion7(),
            OrderId = Guid.CreateVersion7(),
            Sequence = 1,
            Revision = 1,
            Phase = ShipmentPhase.Open,
            Facts = new ShipmentFacts(
                item, "NVIDIA", new PlaceOfExport("US", "America/Los_Angeles"), destination, Movement.Export, parties, day, 10 + kind,
                new DeclaredValue("USD", 12_000 + kind, 0)),
        };
    }
}
