using System.Text.Json.Serialization;

namespace OrderTracking.Contracts;

/// <summary>A party as events carry it. Countries are ISO 3166-1 alpha-2.</summary>
/// <param name="Role">PURCHASER, INTERMEDIATE_CONSIGNEE, ULTIMATE_CONSIGNEE or END_USER.</param>
/// <param name="Name">Legal name.</param>
/// <param name="Country">Where it is.</param>
/// <param name="HeadquartersCountry">Where its headquarters are.</param>
/// <param name="UltimateParentStated">Whether anybody stated the parent, as a country or as none.</param>
/// <param name="UltimateParentCountry">The parent's country; null with <paramref name="UltimateParentStated"/> true means: no parent.</param>
/// <param name="ListedOwner">The listed owner's name, if one is known.</param>
/// <param name="ListedOwnerSharePercent">Percent, 0 to 100; null is unknown.</param>
/// <param name="Address">Its address as stated, without the country; null is not stated.</param>
public sealed record PartyFacts(
    string Role,
    string Name,
    string Country,
    string HeadquartersCountry,
    bool UltimateParentStated,
    string? UltimateParentCountry,
    string? ListedOwner,
    decimal? ListedOwnerSharePercent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Address = null);

/// <summary>Technical facts a caller stated; null is unknown. Bandwidths in GB/s, area in mm2.</summary>
public sealed record StatedItemFacts(
    decimal? Tpp,
    decimal? PerformanceDensity,
    decimal? IoBandwidthGbps,
    decimal? MemoryBandwidthGbps,
    bool? DesignedForDataCenter,
    decimal? DieAreaSquareMillimetres);

/// <summary>An item as events carry it; <paramref name="Facts"/> null: the catalogue's facts count.</summary>
public sealed record ItemReference(string PartNumber, string? Family, StatedItemFacts? Facts);

/// <summary>Money in the minor unit of its currency.</summary>
/// <param name="CurrencyCode">ISO 4217.</param>
/// <param name="MinorUnits">For USD: cents.</param>
public sealed record MoneyAmount(string CurrencyCode, long MinorUnits);
