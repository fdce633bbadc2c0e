using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;
using WireCountries = OrderTracking.Wire.Countries;
using WireTypes = OrderTracking.Types.V1;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>The facts of a shipment: what callers send, and what the deciding function reads.</summary>
internal static class FactsMapping
{
    private const long NanosPerUnit = 1_000_000_000;

    /// <summary>Reads facts with all that is wrong with them at once; null only when something was added to the violations.</summary>
    public static ShipmentFacts? Parse(V1.ShipmentFacts? message, in FieldPath field, Violations violations)
    {
        if (message is null)
        {
            violations.Add(field, WireReasons.ItemMissing, null, "the facts of a shipment");
            return null;
        }

        var found = violations.Found.Count;
        var item = WireItem.Parse(message.Item, $"{field}.item", violations);
        var exporter = WireExporter.Parse(message.Exporter, $"{field}.exporter", violations);
        var place = WirePlace.Parse(message.PlaceOfExport, $"{field}.place_of_export", violations);
        var destination = WireCountries.Parse(message.DestinationCountry, $"{field}.destination_country", violations);
        var movement = WireMovement.Parse(message.Movement, $"{field}.movement", violations);
        var parties = WireParty.Parse(message.Parties, $"{field}.parties", violations);
        var shipDate = WireDate.ParseShipDate(message.ShipDate, $"{field}.ship_date", violations);
        var quantity = message.HasQuantity ? WireNumber.ParseQuantity(message.Quantity, $"{field}.quantity", violations) : null;
        var value = WireMoney.ParseOptional(message.Value, $"{field}.value", violations);
        if (violations.Found.Count > found)
            return null;
        return new ShipmentFacts(
            Of(item!), exporter!, new PlaceOfExport(place!.Country, place.TimeZone), destination!, MovementOf(movement!),
            PartiesOf(parties), shipDate!.Value, quantity, value is null ? null : Of(value));
    }

    /// <summary>Writes facts, the item's copied in whole as they were used.</summary>
    public static V1.ShipmentFacts Of(ShipmentFacts facts, ItemUsed used)
    {
        var message = new V1.ShipmentFacts
        {
            Item = new WireTypes.Item { PartNumber = used.PartNumber, Family = used.Family ?? "", Facts = FactsOf(used.Facts) },
            Exporter = facts.Exporter,
            PlaceOfExport = WirePlace.Of(facts.PlaceOfExport.Country, facts.PlaceOfExport.TimeZone),
            DestinationCountry = facts.DestinationCountry,
            Movement = WireMovement.Of(NameOf(facts.Movement)),
            ShipDate = WireDate.Of(facts.ShipDate),
            Value = facts.Value is { } value ? WireMoney.Of(Of(value)) : null,
        };
        message.Parties.Capacity = facts.Parties.Count;
        foreach (var party in facts.Parties)
            message.Parties.Add(WireParty.Of(Of(party)));
        if (facts.Quantity is { } quantity)
            message.Quantity = quantity;
        return message;
    }

    private static Party[] PartiesOf(IReadOnlyList<PartyFacts> parties)
    {
        var read = new Party[parties.Count];
        for (var index = 0; index < read.Length; index++)
            read[index] = Of(parties[index]);
        return read;
    }

    public static Item Of(ItemReference item) => new(item.PartNumber, item.Family, item.Facts is { } facts ? Of(facts) : null);

    public static ItemFacts Of(StatedItemFacts facts) => new(
        facts.Tpp, facts.PerformanceDensity, facts.DieAreaSquareMillimetres, facts.IoBandwidthGbps, facts.MemoryBandwidthGbps,
        facts.DesignedForDataCenter);

    public static WireTypes.ItemFacts FactsOf(ItemFacts facts) => WireItem.Of(new StatedItemFacts(
        facts.Tpp, facts.PerformanceDensity, facts.IoBandwidthGbps, facts.MemoryBandwidthGbps, facts.DesignedForDataCenter,
        facts.DieAreaSquareMillimetres));

    public static Party Of(PartyFacts party) => new(
        RoleOf(party.Role),
        party.Name,
        party.Country,
        party.HeadquartersCountry,
        (party.UltimateParentStated, party.UltimateParentCountry) switch
        {
            (false, _) => null,
            (true, null) => UltimateParent.None,
            (true, { } country) => UltimateParent.In(country),
        },
        party.ListedOwner,
        party.ListedOwnerSharePercent,
        party.Address);

    public static PartyFacts Of(Party party) => new(
        NameOf(party.Role),
        party.Name,
        party.Country,
        party.HeadquartersCountry,
        party.UltimateParent is not null,
        party.UltimateParent?.Country,
        party.ListedOwner,
        party.ListedOwnerSharePercent,
        party.Address);

    public static DeclaredValue Of(MoneyAmount amount)
    {
        var money = WireMoney.Of(amount);
        return new DeclaredValue(money.CurrencyCode, money.Units, money.Nanos);
    }

    /// <summary>Declared values come from amounts that fit their currency, so nothing is lost.</summary>
    public static MoneyAmount Of(DeclaredValue value)
    {
        var minorPerUnit = (Int128)1;
        for (var digit = Currencies.MinorDigits(value.CurrencyCode) ?? 0; digit > 0; digit--)
            minorPerUnit *= 10;
        return new MoneyAmount(value.CurrencyCode, (long)((value.Units * minorPerUnit) + (value.Nanos * minorPerUnit / NanosPerUnit)));
    }

    /// <summary>EXPORT, REEXPORT or TRANSFER.</summary>
    public static Movement MovementOf(string name) => name switch
    {
        "EXPORT" => Movement.Export,
        "REEXPORT" => Movement.Reexport,
        "TRANSFER" => Movement.Transfer,
        _ => throw new ArgumentException($"'{name}' is no movement", nameof(name)),
    };

    private static string NameOf(Movement movement) => movement switch
    {
        Movement.Export => "EXPORT",
        Movement.Reexport => "REEXPORT",
        _ => "TRANSFER",
    };

    private static PartyRole RoleOf(string role) => role switch
    {
        WireParty.Purchaser => PartyRole.Purchaser,
        WireParty.IntermediateConsignee => PartyRole.IntermediateConsignee,
        WireParty.UltimateConsignee => PartyRole.UltimateConsignee,
        WireParty.EndUser => PartyRole.EndUser,
        _ => throw new ArgumentException($"'{role}' is no role of a party", nameof(role)),
    };

    private static string NameOf(PartyRole role) => role switch
    {
        PartyRole.Purchaser => WireParty.Purchaser,
        PartyRole.IntermediateConsignee => WireParty.IntermediateConsignee,
        PartyRole.UltimateConsignee => WireParty.UltimateConsignee,
        _ => WireParty.EndUser,
    };
}
