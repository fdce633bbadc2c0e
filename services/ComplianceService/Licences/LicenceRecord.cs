using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>Writes a licence whole: a new one with nothing used of it, or the next version of one, whose uses stay.</summary>
internal static class LicenceRecord
{
    private const string CountNumber = "select count(*) from licences where number = @Number";

    private const string InsertLicence = """
        insert into licences
            (id, kind, number, authority, licensee, valid_from, valid_to, conditions, state, value_tolerance_percent, registered_by,
             stated_by, suspended_by, state_reason, notification_id, last_line, movement_count, revision, version, created_at, updated_at)
        values
            (@Id, @Kind, @Number, @Authority, @Licensee, @ValidFrom, @ValidTo, @Conditions, @State, @ValueTolerancePercent, @RegisteredBy,
             @StatedBy, @SuspendedBy, @StateReason, @NotificationId, @LastLine, 0, @Revision, @Version, @CreatedAt, @UpdatedAt)
        """;

    private const string UpdateLicence = """
        update licences
        set authority = @Authority, valid_from = @ValidFrom, valid_to = @ValidTo, conditions = @Conditions, state = @State,
            value_tolerance_percent = @ValueTolerancePercent, stated_by = @StatedBy, suspended_by = @SuspendedBy,
            state_reason = @StateReason, notification_id = @NotificationId, last_line = @LastLine, revision = @Revision, version = @Version,
            updated_at = @UpdatedAt
        where id = @Id and version = @Version - 1
        """;

    private const string InsertRule = "insert into licence_rules (licence_id, [rule]) values (@id, @rule)";

    private const string InsertLine = """
        insert into licence_lines
            (licence_id, number, part_number, family, control_paragraph, quantity, currency, value_minor, value_limit_minor,
             reserved_quantity, drawn_quantity, used_value_minor)
        values
            (@id, @Number, @PartNumber, @Family, @ControlParagraph, @Quantity, @CurrencyCode, @MinorUnits, @ValueLimitMinor,
             @ReservedQuantity, @DrawnQuantity, @UsedValueMinor)
        """;

    private const string InsertParty =
        "insert into licence_parties (licence_id, number, name, country, role) values (@id, @number, @Name, @Country, @role)";

    private const string InsertDestination = "insert into licence_destinations (licence_id, country) values (@id, @country)";

    private const string InsertExcluded = "insert into licence_excluded_headquarters (licence_id, country) values (@id, @country)";

    private static readonly string[] Parts =
        ["licence_rules", "licence_lines", "licence_parties", "licence_destinations", "licence_excluded_headquarters"];

    /// <summary>False when its number is taken.</summary>
    public static async Task<bool> Insert(Tx tx, Licence licence)
    {
        if (await tx.Scalar<long>(CountNumber, licence) > 0)
            return false;
        try
        {
            await tx.Execute(InsertLicence, RowOf(licence));
        }
        catch (Exception taken) when (tx.Dialect.IsUniqueViolation(taken))
        {
            return false;
        }

        await InsertParts(tx, licence);
        return true;
    }

    /// <summary>Writes the next version; its lines carry the balance as this transaction read it.</summary>
    public static async Task Update(Tx tx, Licence licence)
    {
        if (await tx.Execute(UpdateLicence, RowOf(licence)) != 1)
            throw new InvalidOperationException($"{licence.Name} changed under its transaction.");
        foreach (var table in Parts)
            await tx.Execute($"delete from {table} where licence_id = @Id", new { licence.Id });
        await InsertParts(tx, licence);
    }

    private static object RowOf(Licence licence) => new
    {
        licence.Id,
        Kind = Codes<LicenceKind>.Of(licence.Kind),
        licence.Number,
        licence.Authority,
        licence.Licensee,
        licence.ValidFrom,
        licence.ValidTo,
        licence.Conditions,
        licence.State,
        licence.ValueTolerancePercent,
        licence.RegisteredBy,
        licence.StatedBy,
        licence.SuspendedBy,
        licence.StateReason,
        NotificationId = licence.Notification?.Id,
        licence.LastLine,
        licence.Revision,
        licence.Version,
        licence.CreatedAt,
        licence.UpdatedAt,
    };

    private static async Task InsertParts(Tx tx, Licence licence)
    {
        var id = licence.Id;
        await tx.Execute(InsertRule, licence.Rules.Select(rule => new { id, rule }));
        await tx.Execute(InsertLine, licence.Lines.Select(line => new
        {
            id, line.Number, line.PartNumber, line.Family, line.ControlParagraph, line.Quantity, line.Value?.CurrencyCode,
            line.Value?.MinorUnits, line.ValueLimitMinor, line.ReservedQuantity, line.DrawnQuantity, line.UsedValueMinor,
        }));
        await tx.Execute(InsertParty, licence.Parties.Select((party, index) => new
        {
            id, number = index + 1, party.Name, party.Country, role = party.Role is { } role ? Codes<Screening.PartyRole>.Of(role) : "",
        }));
        await tx.Execute(InsertDestination, licence.Destinations.Select(country => new { id, country }));
        await tx.Execute(InsertExcluded, licence.ExcludedHeadquarters.Select(country => new { id, country }));
    }
}
