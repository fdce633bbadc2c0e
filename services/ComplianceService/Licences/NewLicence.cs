using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>Writes a licence whole, with nothing used of it.</summary>
internal static class NewLicence
{
    private const string CountNumber = "select count(*) from licences where number = @Number";

    private const string InsertLicence = """
        insert into licences
            (id, number, authority, licensee, valid_from, valid_to, conditions, state, registered_by, movement_count, version, created_at,
             updated_at)
        values
            (@Id, @Number, @Authority, @Licensee, @ValidFrom, @ValidTo, @Conditions, @State, @RegisteredBy, 0, @Version, @CreatedAt,
             @UpdatedAt)
        """;

    private const string InsertRule = "insert into licence_rules (licence_id, rule) values (@id, @rule)";

    private const string InsertLine = """
        insert into licence_lines
            (licence_id, number, part_number, family, quantity, currency, value_minor, reserved_quantity, drawn_quantity, used_value_minor)
        values (@id, @Number, @PartNumber, @Family, @Quantity, @CurrencyCode, @MinorUnits, 0, 0, 0)
        """;

    private const string InsertParty =
        "insert into licence_parties (licence_id, number, name, country) values (@id, @number, @Name, @Country)";

    private const string InsertDestination = "insert into licence_destinations (licence_id, country) values (@id, @country)";

    /// <summary>False when its number is taken.</summary>
    public static async Task<bool> Insert(Tx tx, Licence licence)
    {
        if (await tx.Scalar<long>(CountNumber, licence) > 0)
            return false;
        try
        {
            await tx.Execute(InsertLicence, licence);
        }
        catch (Exception taken) when (tx.Dialect.IsUniqueViolation(taken))
        {
            return false;
        }

        var id = licence.Id;
        await tx.Execute(InsertRule, licence.Rules.Select(rule => new { id, rule }));
        await tx.Execute(InsertLine, licence.Lines.Select(line => new
        {
            id, line.Number, line.PartNumber, line.Family, line.Quantity, line.Value?.CurrencyCode, line.Value?.MinorUnits,
        }));
        await tx.Execute(InsertParty, licence.Parties.Select((party, index) => new { id, number = index + 1, party.Name, party.Country }));
        await tx.Execute(InsertDestination, licence.Destinations.Select(country => new { id, country }));
        return true;
    }
}
