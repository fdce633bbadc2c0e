namespace OrderTracking.ComplianceService.Rules;

/// <summary>Names of the facts as rule files and missing facts write them, with the unit a threshold must carry.</summary>
internal static class FactNames
{
    public const string Tpp = "tpp";
    public const string PerformanceDensity = "performance_density";
    public const string IoBandwidth = "io_bandwidth_gbps";
    public const string MemoryBandwidth = "memory_bandwidth_gbps";
    public const string DesignedForDataCenter = "designed_for_data_center";
    public const string Family = "family";

    /// <summary>The order missing facts are listed in.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Tpp, PerformanceDensity, IoBandwidth, MemoryBandwidth, DesignedForDataCenter, Family];

    public static IReadOnlyList<NumericFact> Numbers { get; } = Enum.GetValues<NumericFact>();

    public static string Of(NumericFact fact) => fact switch
    {
        NumericFact.Tpp => Tpp,
        NumericFact.PerformanceDensity => PerformanceDensity,
        NumericFact.IoBandwidth => IoBandwidth,
        _ => MemoryBandwidth,
    };

    public static string Unit(NumericFact fact) => fact switch
    {
        NumericFact.Tpp => "TPP",
        NumericFact.PerformanceDensity => "TPP/mm2",
        _ => "GB/s",
    };

    public static string Words(NumericFact fact) => fact switch
    {
        NumericFact.Tpp => "TPP",
        NumericFact.PerformanceDensity => "performance density",
        NumericFact.IoBandwidth => "I/O bandwidth",
        _ => "memory bandwidth",
    };

    public static NumericFact? Find(string name)
    {
        foreach (var fact in Numbers)
            if (Of(fact) == name)
                return fact;
        return null;
    }
}
