namespace OrderTracking.ComplianceService.Screening;

internal enum PartyRole
{
    Purchaser,
    IntermediateConsignee,
    UltimateConsignee,
    EndUser,
}

/// <summary>An ultimate parent that was stated: its country, or that there is none. Not stated at all is a null of this type.</summary>
internal sealed record UltimateParent
{
    public static UltimateParent None { get; } = new();

    /// <summary>ISO 3166-1 alpha-2, or null when it was stated that there is no parent.</summary>
    public string? Country { get; private init; }

    public static UltimateParent In(string country) => new() { Country = country };
}

/// <summary>
/// A party to the shipment. Countries are ISO 3166-1 alpha-2; the share is the percentage (0 to 100) held by listed owners, null when
/// not given.
/// </summary>
internal sealed record Party(
    PartyRole Role,
    string Name,
    string Country,
    string HeadquartersCountry,
    UltimateParent? UltimateParent = null,
    string? ListedOwner = null,
    decimal? ListedOwnerSharePercent = null,
    string? Address = null);
