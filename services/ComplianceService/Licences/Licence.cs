using System.Text;
using OrderTracking.Contracts;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>
/// A licence with its balance. State is the one set by people; that its days or units are over is derived when it is read.
/// </summary>
internal sealed record Licence(
    Guid Id,
    string Number,
    string Authority,
    string Licensee,
    string State,
    IReadOnlyList<string> Rules,
    IReadOnlyList<LicenceLine> Lines,
    IReadOnlyList<LicenceParty> Parties,
    IReadOnlyList<string> Destinations,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    string Conditions,
    string RegisteredBy,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public const string Active = "ACTIVE";

    public string Name => $"licences/{Id:D}";
}

/// <summary>An item and how much of it is covered. Value null is no limit; used value counts only where there is one.</summary>
internal sealed record LicenceLine(
    int Number, string? PartNumber, string? Family, long Quantity, MoneyAmount? Value, long ReservedQuantity, long DrawnQuantity,
    long UsedValueMinor)
{
    public long QuantityLeft => Quantity - ReservedQuantity - DrawnQuantity;

    public long? ValueLeftMinor => Value is null ? null : Value.MinorUnits - UsedValueMinor;

    public bool Exhausted => QuantityLeft == 0 || ValueLeftMinor == 0;

    public bool Names(string partNumber, string? family) => PartNumber == partNumber || (Family is not null && Family == family);
}

internal sealed record LicenceParty(string Name, string Country)
{
    /// <summary>One spelling of a name whatever its case, width and blanks.</summary>
    public static string KeyOf(string name) =>
        string.Join(' ', name.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToUpperInvariant();
}

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
    DateOnly LastShipDate);

/// <summary>What a shipment has of a licence: a reservation, a draw, or nothing any more.</summary>
internal sealed record HeldUse(string State, int LineNumber, long Quantity, MoneyAmount? Value)
{
    public const string Reserved = "RESERVED";
    public const string Drawn = "DRAWN";
    public const string Returned = "RETURNED";

    public bool Counts => State != Returned;
}
