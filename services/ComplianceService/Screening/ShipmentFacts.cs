namespace OrderTracking.ComplianceService.Screening;

internal enum Movement
{
    Export,
    Reexport,
    Transfer,
}

/// <summary>Where the goods leave from: ISO 3166-1 alpha-2 country and IANA time zone.</summary>
internal sealed record PlaceOfExport(string Country, string TimeZone);

/// <summary>Declared value: ISO 4217 code, whole units and billionths of a unit.</summary>
internal sealed record DeclaredValue(string CurrencyCode, long Units, int Nanos);

/// <summary>
/// Everything a decision is made from, as stated by the caller. The ship date is the calendar date at the place of export. Quantity and
/// value decide nothing here; licences are drawn by them.
/// </summary>
internal sealed record ShipmentFacts(
    Item Item,
    string Exporter,
    PlaceOfExport PlaceOfExport,
    string DestinationCountry,
    Movement Movement,
    IReadOnlyList<Party> Parties,
    DateOnly ShipDate,
    long? Quantity = null,
    DeclaredValue? Value = null);
