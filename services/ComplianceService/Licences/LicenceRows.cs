using OrderTracking.Contracts;

namespace OrderTracking.ComplianceService.Licences;

internal sealed class LicenceRow
{
    public long Seq { get; init; }

    public object? OrderKey { get; init; }

    public Guid Id { get; init; }

    public string Kind { get; init; } = "";

    public string Number { get; init; } = "";

    public string Authority { get; init; } = "";

    public string Licensee { get; init; } = "";

    public DateOnly ValidFrom { get; init; }

    public DateOnly ValidTo { get; init; }

    public string Conditions { get; init; } = "";

    public string State { get; init; } = "";

    public long ValueTolerancePercent { get; init; }

    public string RegisteredBy { get; init; } = "";

    public string StatedBy { get; init; } = "";

    public string SuspendedBy { get; init; } = "";

    public string StateReason { get; init; } = "";

    public Guid? NotificationId { get; init; }

    public long LastLine { get; init; }

    public long Revision { get; init; }

    public long Version { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}

internal sealed class LicenceLineRow
{
    public long Number { get; init; }

    public string? PartNumber { get; init; }

    public string? Family { get; init; }

    public string? ControlParagraph { get; init; }

    public long? Quantity { get; init; }

    public string? Currency { get; init; }

    public long? ValueMinor { get; init; }

    public long? ValueLimitMinor { get; init; }

    public long ReservedQuantity { get; init; }

    public long DrawnQuantity { get; init; }

    public long UsedValueMinor { get; init; }

    public LicenceLine Line => new(
        (int)Number, PartNumber, Family, Quantity, Currency is null ? null : new MoneyAmount(Currency, ValueMinor!.Value), ReservedQuantity,
        DrawnQuantity,
        UsedValueMinor)
    {
        ControlParagraph = ControlParagraph,
        ValueLimitMinor = ValueLimitMinor,
    };
}

internal sealed class LicencePartyRow
{
    public string Name { get; init; } = "";

    public string Country { get; init; } = "";

    public string Role { get; init; } = "";

    public LicenceParty Party => new(Name, Country, Role.Length == 0 ? null : Codes<Screening.PartyRole>.Parse(Role));
}

internal sealed class LicenceUseRow
{
    public string State { get; init; } = "";

    public long LineNumber { get; init; }

    public long Quantity { get; init; }

    public string? Currency { get; init; }

    public long? ValueMinor { get; init; }

    public HeldUse Held => new(State, (int)LineNumber, Quantity, Currency is null ? null : new MoneyAmount(Currency, ValueMinor!.Value));
}

internal sealed class LicenceMovementRow
{
    /// <summary>The value a list is ordered by, as stored.</summary>
    public object? OrderKey { get; init; }

    public long Sequence { get; init; }

    public string Kind { get; init; } = "";

    public long LineNumber { get; init; }

    public long Quantity { get; init; }

    public string? Currency { get; init; }

    public long? ValueMinor { get; init; }

    public Guid ShipmentId { get; init; }

    public string Reason { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }
}
