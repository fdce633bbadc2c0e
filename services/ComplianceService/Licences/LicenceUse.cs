using OrderTracking.Contracts;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>What a shipment wants to use a licence for.</summary>
/// <param name="Rule">The rule that fired, such as US-2025-04-NVIDIA-LETTER.</param>
/// <param name="Exporter">Must be the licensee.</param>
/// <param name="FirstShipDate">The first and the last day it may leave under it.</param>
internal sealed record LicenceUse(
    Guid ShipmentId,
    string Rule,
    string PartNumber,
    string? Family,
    string Exporter,
    IReadOnlyList<Screening.Party> Parties,
    string DestinationCountry,
    long Quantity,
    MoneyAmount? Value,
    DateOnly FirstShipDate,
    DateOnly LastShipDate)
{
    /// <summary>The control paragraphs the item is under, by the rules that fired.</summary>
    public IReadOnlyList<string> ControlParagraphs { get; init; } = [];

    /// <summary>The exceptions whose terms the shipment meets for the rule.</summary>
    public IReadOnlyList<LicenceKind> Exceptions { get; init; } = [];
}

/// <summary>What a shipment has of a licence: a reservation, a draw, or nothing any more.</summary>
internal sealed record HeldUse(string State, int LineNumber, long Quantity, MoneyAmount? Value)
{
    public const string Reserved = "RESERVED";
    public const string Drawn = "DRAWN";
    public const string Returned = "RETURNED";

    public bool Counts => State != Returned;
}
