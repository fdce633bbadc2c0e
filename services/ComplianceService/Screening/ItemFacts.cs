namespace OrderTracking.ComplianceService.Screening;

/// <summary>
/// What is known of a chip. Null is unknown and never zero; numbers are 0 or more. TPP is total processing performance, performance
/// density is TPP per square millimetre (the given value wins, else TPP over die area), bandwidths are gigabytes a second.
/// </summary>
internal sealed record ItemFacts(
    decimal? Tpp = null,
    decimal? PerformanceDensity = null,
    decimal? DieAreaSquareMillimetres = null,
    decimal? IoBandwidthGbps = null,
    decimal? MemoryBandwidthGbps = null,
    bool? DesignedForDataCenter = null)
{
    public static ItemFacts Unknown { get; } = new();
}

/// <summary>The item as the caller states it. Facts given here replace the catalogue's whole, family included.</summary>
internal sealed record Item(string PartNumber, string? Family = null, ItemFacts? Facts = null);

internal enum ItemSource
{
    Catalogue,
    Inline,

    /// <summary>The part is not in the catalogue at the knowledge date and no facts were given.</summary>
    NotInCatalogue,
}

/// <summary>The facts a decision was made from, copied into it. Revision is <c>parts/{part}/revisions/{n}</c> or null.</summary>
internal sealed record ItemUsed(string PartNumber, string? Family, ItemFacts Facts, ItemSource Source, string? Revision);
