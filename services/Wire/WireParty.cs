using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts;
using OrderTracking.Types.V1;

namespace OrderTracking.Wire;

/// <summary>The parties of a transaction.</summary>
public static class WireParty
{
    /// <summary>What PARTY_ROLE is stored and sent as in events.</summary>
    public const string Purchaser = "PURCHASER";

    /// <inheritdoc cref="Purchaser"/>
    public const string IntermediateConsignee = "INTERMEDIATE_CONSIGNEE";

    /// <inheritdoc cref="Purchaser"/>
    public const string UltimateConsignee = "ULTIMATE_CONSIGNEE";

    /// <inheritdoc cref="Purchaser"/>
    public const string EndUser = "END_USER";

    /// <summary>Reads 1 to 20 parties. Which roles must be present is the caller's to check.</summary>
    /// <returns>The parties that could be read: whole only if nothing was added to <paramref name="violations"/>.</returns>
    public static IReadOnlyList<PartyFacts> Parse(IList<Party> parties, in FieldPath field, Violations violations)
    {
        if (parties.Count is 0 or > Limits.PartiesMax)
        {
            violations.Add(
                field, parties.Count == 0 ? WireReasons.PartiesMissing : WireReasons.PartiesTooMany,
                parties.Count.ToString(CultureInfo.InvariantCulture), $"1 to {Limits.PartiesMax} parties");
            return [];
        }

        var (read, count) = (new PartyFacts[parties.Count], 0);
        for (var index = 0; index < parties.Count; index++)
            if (Parse(parties[index], $"{field}[{index}]", violations) is { } party)
                read[count++] = party;
        return count == read.Length ? read : read[..count];
    }

    /// <summary>Writes a party.</summary>
    /// <exception cref="ArgumentException">The role is unknown.</exception>
    public static Party Of(PartyFacts facts)
    {
        var party = new Party
        {
            Role = RoleOf(facts.Role),
            Name = facts.Name,
            Country = facts.Country,
            HeadquartersCountry = facts.HeadquartersCountry,
            ListedOwner = facts.ListedOwner ?? "",
            Address = facts.Address ?? "",
        };
        if (facts.UltimateParentStated)
            party.UltimateParent = facts.UltimateParentCountry is { } country ? new UltimateParent { Country = country } : new UltimateParent { None = new Empty() };
        if (facts.ListedOwnerSharePercent is { } share)
            party.ListedOwnerSharePercent = (double)share;
        return party;
    }

    private static PartyFacts? Parse(Party party, in FieldPath field, Violations violations)
    {
        var role = RoleName(party.Role);
        if (role is null)
            violations.Add($"{field}.role", WireReasons.PartyRoleMissing, party.Role.ToString(), $"{Purchaser}, {IntermediateConsignee}, {UltimateConsignee} or {EndUser}");
        var name = WireText.Parse(party.Name, $"{field}.name", Limits.NameCharactersMax, violations, WireReasons.NameMissing);
        var country = Countries.Parse(party.Country, $"{field}.country", violations);
        var headquarters = Countries.Parse(party.HeadquartersCountry, $"{field}.headquarters_country", violations, WireReasons.HeadquartersMissing);
        var (parentStated, parent) = ParseParent(party.UltimateParent, $"{field}.ultimate_parent", violations);
        var owner = WireText.ParseOptional(party.ListedOwner, $"{field}.listed_owner", Limits.NameCharactersMax, violations);
        var share = ParseShare(party, $"{field}.listed_owner_share_percent", violations);
        var address = WireText.ParseOptional(party.Address, $"{field}.address", Limits.AddressCharactersMax, violations);
        return role is null || name is null || country is null || headquarters is null
            ? null
            : new PartyFacts(role, name, country, headquarters, parentStated, parent, owner, share, address);
    }

    private static (bool Stated, string? Country) ParseParent(UltimateParent? parent, in FieldPath field, Violations violations) =>
        parent?.StatedCase switch
        {
            UltimateParent.StatedOneofCase.Country => (true, Countries.Parse(parent.Country, $"{field}.country", violations)),
            // None_ is the stated "no parent"; the generated None is the unset oneof, which must stay unstated.
            UltimateParent.StatedOneofCase.None_ => (true, null),
            _ => (false, null),
        };

    private static decimal? ParseShare(Party party, in FieldPath field, Violations violations)
    {
        if (!party.HasListedOwnerSharePercent)
            return null;
        if (WireNumber.Exact(party.ListedOwnerSharePercent) is { } share and >= 0 and <= 100)
            return share;
        violations.Add(field, WireReasons.ShareOutOfRange, party.ListedOwnerSharePercent.ToString("R", CultureInfo.InvariantCulture), "0 to 100 percent; absent where it is unknown");
        return null;
    }

    private static string? RoleName(PartyRole role) => role switch
    {
        PartyRole.Purchaser => Purchaser,
        PartyRole.IntermediateConsignee => IntermediateConsignee,
        PartyRole.UltimateConsignee => UltimateConsignee,
        PartyRole.EndUser => EndUser,
        _ => null,
    };

    private static PartyRole RoleOf(string role) => role switch
    {
        Purchaser => PartyRole.Purchaser,
        IntermediateConsignee => PartyRole.IntermediateConsignee,
        UltimateConsignee => PartyRole.UltimateConsignee,
        EndUser => PartyRole.EndUser,
        _ => throw new ArgumentException($"'{role}' is no role of a party", nameof(role)),
    };
}
