using static OrderTracking.Host.Demo.Buyers;

namespace OrderTracking.Host.Demo;

/// <summary>
/// What is ordered in the demo. The quantities for buyers in China follow what was reported of them; the buyers elsewhere are made up,
/// sized so that China is about 13% of the value. Every price is illustrative.
/// </summary>
internal static class DemoOrders
{
    public const string UnknownDieAreaPart = "CX-200";
    public const string RecalledPart = "L2";

    public static readonly DemoOrder H800 = Nvidia("2023-10-16", ByteDance, "H800-SXM5", 28_000,
        Lot("2023-10-20", 4_000), Lot("2023-10-24", 4_000));
    public static readonly DemoOrder TencentH20 = Nvidia("2025-02-12", Tencent, "H20", 12_500,
        Lot("2025-03-04", 100_000), Lot("2025-04-08", 80_000), Lot("2025-05-14", 90_000), Lot("2025-06-17", 50_000));
    public static readonly DemoOrder Bharat = Nvidia("2025-02-10", BharatCompute, "B200", 40_000, Lot("2025-05-20", 75_000));
    public static readonly DemoOrder SongHong = From("CEDAR", "2025-02-05", SongHongData, UnknownDieAreaPart, 6_000,
        Lot("2025-03-05", 20_000));
    public static readonly DemoOrder Mekong = Nvidia("2025-05-05", MekongCloud, RecalledPart, 2_500, Lot("2025-05-27", 50_000));

    public static readonly IReadOnlyList<DemoOrder> All =
    [
        H800,
        // 230,000 chips for one buyer over 2024, and 50,000 for DeepSeek.
        Nvidia("2024-01-15", ByteDance, "H20", 12_500,
            Lot("2024-02-20", 50_000), Lot("2024-05-21", 60_000), Lot("2024-08-20", 60_000), Lot("2024-11-19", 60_000)),
        Nvidia("2024-03-04", DeepSeek, "H20", 12_500, Lot("2024-04-23", 25_000), Lot("2024-09-17", 25_000)),
        Nvidia("2024-03-04", DeepSeek, "H100-SXM5", 30_000, Lot("2024-04-23", 2_000)),
        Nvidia("2024-01-15", CascadeCloud, "H100-SXM5", 30_000,
            Lot("2024-02-20", 150_000), Lot("2024-05-21", 150_000), Lot("2024-08-20", 150_000), Lot("2024-11-19", 150_000)),
        Nvidia("2024-02-05", GraniteCompute, "H100-SXM5", 30_000, Lot("2024-04-23", 200_000), Lot("2024-09-17", 200_000)),
        Nvidia("2024-05-06", Rechenwerk, "H100-SXM5", 30_000, Lot("2024-08-20", 150_000)) with { FromTaiwan = true },
        Nvidia("2024-05-06", AlbionCompute, "H100-SXM5", 30_000, Lot("2024-09-17", 150_000)),
        Nvidia("2024-08-05", GulfData, "H100-SXM5", 30_000, Lot("2024-11-19", 60_000)),
        From("AMD", "2024-08-05", CalculGaronne, "MI300X", 15_000, Lot("2024-11-19", 100_000)),
        Nvidia("2024-11-04", SummitResearch, "H200-SXM", 32_000, Lot("2024-12-10", 325_000), Lot("2025-02-18", 325_000)),
        Nvidia("2024-11-04", AoyamaData, "H200-SXM", 32_000,
            Lot("2024-12-10", 100_000), Lot("2025-02-18", 100_000)) with { FromTaiwan = true },
        Nvidia("2024-11-04", FormosaCloud, "H200-SXM", 32_000, Lot("2025-01-14", 200_000)),
        Nvidia("2025-01-08", CascadeCloud, "B200", 40_000,
            Lot("2025-02-18", 200_000), Lot("2025-04-08", 200_000), Lot("2025-06-10", 250_000)),
        Nvidia("2025-01-08", GraniteCompute, "B200", 40_000, Lot("2025-03-18", 250_000), Lot("2025-05-20", 300_000)),
        Nvidia("2025-01-08", HanRiverCloud, "B200", 40_000, Lot("2025-05-20", 120_000)) with { FromTaiwan = true },
        From("INTEL", "2025-01-08", NorrlandData, "GAUDI-3", 12_500, Lot("2025-02-18", 50_000)),
        // USD 16 billion of H20 in the first quarter of 2025.
        Nvidia("2025-01-21", ByteDance, "H20", 12_500,
            Lot("2025-02-18", 120_000), Lot("2025-03-18", 140_000), Lot("2025-04-08", 100_000),
            Lot("2025-04-09", 100_000), Lot("2025-05-20", 100_000)),
        Nvidia("2025-02-05", Alibaba, "H20", 12_500,
            Lot("2025-02-25", 100_000), Lot("2025-03-25", 100_000), Lot("2025-04-08", 80_000),
            Lot("2025-04-09", 60_000), Lot("2025-06-10", 60_000)),
        SongHong,
        Bharat,
        TencentH20,
        Nvidia("2025-02-12", MerlionCompute, "H200-SXM", 32_000, Lot("2025-03-18", 10_000)),
        From("AMD", "2025-02-12", Alibaba, "MI308X", 11_000, Lot("2025-04-15", 10_000)),
        Mekong,
    ];

    private static DemoOrder Nvidia(string placedOn, Buyer buyer, string part, long unitPrice, params Lot[] lots) =>
        From("NVIDIA", placedOn, buyer, part, unitPrice, lots);

    private static DemoOrder From(string exporter, string placedOn, Buyer buyer, string part, long unitPrice, params Lot[] lots) =>
        new(Day(placedOn), buyer, exporter, part, unitPrice, lots);

    private static Lot Lot(string shipDate, long units) => new(Day(shipDate), units);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
