using CsCheck;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Screening;

namespace OrderTracking.ComplianceService.Tests.Outlook;

/// <summary>Shipments of all kinds over the years the pack has rules for, facts unknown among them.</summary>
internal static class RandomFacts
{
    private static readonly string[] Places = ["CN", "HK", "MO", "RU", "IR", "SG", "DE", "AE", "SA", "VN", "KH", "US", "IL", "TW"];

    private static readonly Gen<decimal?> Tpp = Gen.OneOfConst<decimal?>(null, 0m, 1600m, 2400m, 4800m, 20999m, 21000m);
    private static readonly Gen<decimal?> Density = Gen.OneOfConst<decimal?>(null, 0m, 1.6m, 3.2m, 5.92m, 20m);
    private static readonly Gen<decimal?> Bandwidth = Gen.OneOfConst<decimal?>(null, 0m, 600m, 900m, 1400m, 4000m, 6500m);

    private static readonly Gen<Item> Items = Gen.OneOf(
        Gen.OneOfConst(Pack.Catalogue.PartNumbers.Append("NOT-KNOWN").ToArray()).Select(part => new Item(part)),
        Gen.Select(Tpp, Density, Bandwidth, Bandwidth, Gen.OneOfConst<bool?>(null, true, false), Gen.OneOfConst(null, "H100", "H20", "MI308X")).Select(
            (tpp, density, io, memory, dataCenter, family) => new Item("X", family, new ItemFacts(tpp, density, null, io, memory, dataCenter))));

    private static readonly Gen<Party> Parties = Gen.Select(
        Gen.OneOfConst(Places), Gen.OneOfConst<decimal?>(null, 49.9m, 50m), Gen.OneOfConst(true, true, false), Gen.OneOfConst(null, null, "A listed owner"))
        .Select((country, share, isStated, owner) => new Party(
            PartyRole.EndUser, "Aurora Systems", country, country, isStated ? UltimateParent.In(country) : null, owner, share));

    public static readonly Gen<DateOnly> Days = Gen.Int[0, 2300].Select(day => new DateOnly(2021, 6, 1).AddDays(day));

    public static readonly Gen<DateTimeOffset> Instants =
        Gen.Int[0, 2300].Select(day => new DateTimeOffset(2021, 6, 1, 12, 0, 0, TimeSpan.Zero).AddDays(day));

    public static readonly Gen<ShipmentFacts> Shipments = Gen.Select(
        Items, Gen.OneOfConst("NVIDIA", "AMD", "INTEL", "OTHER"), Gen.OneOfConst(Places), Gen.Enum<Movement>(), Parties.Array[1, 2], Days)
        .Select((item, exporter, destination, movement, parties, day) => new ShipmentFacts(
            item, exporter, new PlaceOfExport("US", "America/Los_Angeles"), destination, movement, parties, day, 100));
}
