using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Screening;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Tests.Replay;

/// <summary>Stored decisions as the service writes them, made by the real function, each from its number alone.</summary>
internal static class Records
{
    private static readonly string[] Places = ["CN", "HK", "MO", "RU", "IR", "SG", "DE", "AE", "SA", "VN", "US", "IL", "TW", "JP", "BR"];
    private static readonly string[] Exporters = ["NVIDIA", "AMD", "INTEL", "OTHER"];
    private static readonly string[] Parts = [.. Pack.Catalogue.PartNumbers, "X-1", "X-2"];
    private static readonly decimal?[] Tpps = [null, 0m, 1599.5m, 1600m, 2400m, 4799.999m, 4800m, 21000m];
    private static readonly decimal?[] Densities = [null, 1.6m, 3.2m, 5.92m, 5.919m];
    private static readonly decimal?[] Bandwidths = [null, 300m, 600m, 900.25m, 1700m, 6500m];
    private static readonly bool?[] DataCenters = [null, true, false];
    private static readonly DateOnly FirstDay = new(2021, 6, 1);

    public static ShipmentFacts Facts(int number)
    {
        var mix = new Mix(number);
        var destination = mix.Of(Places);
        return new ShipmentFacts(
            Item(mix),
            mix.Of(Exporters),
            new PlaceOfExport("US", "America/Los_Angeles"),
            destination,
            mix.Of((Movement[])[Movement.Export, Movement.Reexport, Movement.Transfer]),
            [.. Enumerable.Range(0, 1 + mix.Below(3)).Select(index => Party(mix, index))],
            FirstDay.AddDays(mix.Below(2200)),
            1 + mix.Below(500),
            new DeclaredValue("USD", 1 + mix.Below(1_000_000), 0));
    }

    /// <summary>A decision as stored. It is decided for a day, and by what was known at an instant, of its own.</summary>
    public static V1.Decision Of(int number)
    {
        var planned = Facts(number);
        var mix = new Mix(number + 1_000_003);
        var facts = planned with { ShipDate = planned.ShipDate.AddDays(mix.Below(3) == 0 ? mix.Below(30) : 0) };
        var known = new DateTimeOffset(facts.ShipDate.AddDays(-mix.Below(60)), TimeOnly.MinValue, TimeSpan.Zero).AddTicks(mix.Below(1_000_000));
        var record = DecisionMapping.Of(Pack.Decide(facts, known), planned);
        var id = Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-{number:x12}"));
        record.Name = Names.Decision(id);
        record.Uid = id.ToString("D");
        record.CreateTime = known.ToTimestamp();
        record.UpdateTime = record.CreateTime;
        record.Etag = "1";
        record.Shipment = Names.Shipment(id);
        record.ShipmentRevision = 1;
        record.Number = 1;
        record.Occasion = V1.Decision.Types.Occasion.Screening;
        record.Actor = "erp";
        record.StatedFamily = planned.Item.Family ?? "";
        return record;
    }

    public static byte[] Body(int number) => Of(number).ToByteArray();

    private static Item Item(Mix mix) => mix.Below(3) switch
    {
        0 => new Item(mix.Of(Parts)),
        1 => new Item(mix.Of(Parts), "H100"),
        _ => new Item(mix.Of(Parts), mix.Below(2) == 0 ? null : "H20", new ItemFacts(
            mix.Of(Tpps), mix.Of(Densities), mix.Below(2) == 0 ? null : 814.5m, mix.Of(Bandwidths), mix.Of(Bandwidths), mix.Of(DataCenters))),
    };

    private static Party Party(Mix mix, int index)
    {
        var country = mix.Of(Places);
        var parent = mix.Below(3) switch { 0 => null, 1 => UltimateParent.None, _ => UltimateParent.In(mix.Of(Places)) };
        return new Party(
            (PartyRole)(index % 4), $"Company {mix.Below(5000)}", country, mix.Below(4) == 0 ? mix.Of(Places) : country, parent,
            mix.Below(10) == 0 ? "A listed owner" : null, mix.Below(10) == 0 ? 12.5m * mix.Below(8) : null);
    }

    /// <summary>Numbers that are scattered and the same in every run (SplitMix64).</summary>
    private sealed class Mix(long seed)
    {
        private ulong state = (ulong)seed;

        public int Below(int bound)
        {
            unchecked
            {
                state += 0x9E3779B97F4A7C15;
                var bits = state;
                bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
                bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
                return (int)((bits ^ (bits >> 31)) % (ulong)bound);
            }
        }

        public T Of<T>(T[] choices) => choices[Below(choices.Length)];
    }
}
