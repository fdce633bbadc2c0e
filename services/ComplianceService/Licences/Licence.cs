using System.Text;
using OrderTracking.ComplianceService.Licences.Exceptions;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Contracts;

namespace OrderTracking.ComplianceService.Licences;

internal enum LicenceKind
{
    Licence,
    ExceptionNac,
    ExceptionAca,
}

/// <summary>
/// A licence, or the use of an exception from one, with its balance. State is the one set by people; that its days or units are over is
/// derived when it is read.
/// </summary>
internal sealed record Licence
{
    public const string Draft = "DRAFT";
    public const string Active = "ACTIVE";
    public const string Suspended = "SUSPENDED";
    public const string Revoked = "REVOKED";

    public required Guid Id { get; init; }

    public LicenceKind Kind { get; init; }

    public required string Number { get; init; }

    public required string Authority { get; init; }

    public required string Licensee { get; init; }

    public required string State { get; init; }

    public required IReadOnlyList<string> Rules { get; init; }

    public required IReadOnlyList<LicenceLine> Lines { get; init; }

    public required IReadOnlyList<LicenceParty> Parties { get; init; }

    public required IReadOnlyList<string> Destinations { get; init; }

    /// <summary>No party may have headquarters or ultimate parent in one of these.</summary>
    public IReadOnlyList<string> ExcludedHeadquarters { get; init; } = [];

    public required DateOnly ValidFrom { get; init; }

    public required DateOnly ValidTo { get; init; }

    public string Conditions { get; init; } = "";

    /// <summary>Percent of a line's value, 0 to 100.</summary>
    public int ValueTolerancePercent { get; init; }

    public string RegisteredBy { get; init; } = "";

    /// <summary>Who registered the terms, or widened them last.</summary>
    public string StatedBy { get; init; } = "";

    /// <summary>Blank while it is not suspended.</summary>
    public string SuspendedBy { get; init; } = "";

    /// <summary>Why it is suspended or revoked.</summary>
    public string StateReason { get; init; } = "";

    /// <summary>Of the terms as they stand; null where none is recorded.</summary>
    public LicenceNotification? Notification { get; init; }

    /// <summary>The highest number a line ever had.</summary>
    public int LastLine { get; init; }

    /// <summary>Counts its versions; movements of the balance are none.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>Counts everything that happened to it, movements too.</summary>
    public long Version { get; init; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public string Name => $"licences/{Id:D}";

    public bool IsException => Kind != LicenceKind.Licence;
}

/// <summary>
/// An item and how much of it is covered. Quantity null is no limit, value null likewise; used value counts only where there is one.
/// </summary>
internal sealed record LicenceLine(
    int Number, string? PartNumber, string? Family, long? Quantity, MoneyAmount? Value, long ReservedQuantity, long DrawnQuantity,
    long UsedValueMinor)
{
    public string? ControlParagraph { get; init; }

    /// <summary>The value with its tolerance: more is never used.</summary>
    public long? ValueLimitMinor { get; init; } = Value?.MinorUnits;

    public long UsedQuantity => ReservedQuantity + DrawnQuantity;

    public long QuantityLeft => Quantity is { } limit ? limit - UsedQuantity : long.MaxValue - UsedQuantity;

    public long? ValueLeftMinor => ValueLimitMinor - UsedValueMinor;

    public bool Exhausted => QuantityLeft == 0 || ValueLeftMinor == 0;

    public bool Names(LicenceUse use) =>
        PartNumber == use.PartNumber
        || (Family is not null && Family == use.Family)
        || (ControlParagraph is not null && use.ControlParagraphs.Contains(ControlParagraph));

    /// <summary>The line with its limit of value, which the tolerance of the licence widens.</summary>
    public LicenceLine WithTolerance(int percent) => this with { ValueLimitMinor = Value is null ? null : LimitOf(Value.MinorUnits, percent) };

    // Rounded down: a fraction of a minor unit is not covered.
    private static long LimitOf(long minorUnits, int percent) =>
        (long)Math.Min(decimal.Floor(minorUnits * (100m + percent) / 100m), long.MaxValue);
}

/// <summary>A party a licence names; role null: in whatever role.</summary>
internal sealed record LicenceParty(string Name, string Country, PartyRole? Role = null)
{
    /// <summary>One spelling of a name whatever its case, width and blanks.</summary>
    public static string KeyOf(string name) =>
        string.Join(' ', name.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToUpperInvariant();

    public bool Means(Party party) =>
        Country == party.Country && (Role is null || Role == party.Role) && KeyOf(Name) == KeyOf(party.Name);
}
