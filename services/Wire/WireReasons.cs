using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.Wire;

/// <summary>Why a field that several services take is refused. Names are stable.</summary>
public static class WireReasons
{
    /// <summary>A quantity is 0 or below.</summary>
    public static readonly Reason QuantityNotPositive = Invalid("QUANTITY_NOT_POSITIVE");

    /// <summary>A quantity is above the limit.</summary>
    public static readonly Reason QuantityTooLarge = Invalid("QUANTITY_TOO_LARGE");

    /// <summary>A country is blank.</summary>
    public static readonly Reason CountryMissing = Invalid("COUNTRY_MISSING");

    /// <summary>A country is no code of ISO 3166-1 alpha-2 in upper case.</summary>
    public static readonly Reason CountryUnknown = Invalid("COUNTRY_UNKNOWN");

    /// <summary>A ship date is absent.</summary>
    public static readonly Reason ShipDateMissing = Invalid("SHIP_DATE_MISSING");

    /// <summary>A date other than a ship date is absent.</summary>
    public static readonly Reason DateMissing = Invalid("DATE_MISSING");

    /// <summary>A date is not whole, does not exist or lies outside the years that are accepted.</summary>
    public static readonly Reason DateInvalid = Invalid("DATE_INVALID");

    /// <summary>The place of export is absent.</summary>
    public static readonly Reason PlaceOfExportMissing = Invalid("PLACE_OF_EXPORT_MISSING");

    /// <summary>A time zone is blank or no IANA name.</summary>
    public static readonly Reason TimeZoneUnknown = Invalid("TIME_ZONE_UNKNOWN");

    /// <summary>The movement is not stated.</summary>
    public static readonly Reason MovementMissing = Invalid("MOVEMENT_MISSING");

    /// <summary>There is no party.</summary>
    public static readonly Reason PartiesMissing = Invalid("PARTIES_MISSING");

    /// <summary>There are more parties than the limit.</summary>
    public static readonly Reason PartiesTooMany = Invalid("PARTIES_TOO_MANY");

    /// <summary>A party's role is not stated.</summary>
    public static readonly Reason PartyRoleMissing = Invalid("PARTY_ROLE_MISSING");

    /// <summary>A name is blank.</summary>
    public static readonly Reason NameMissing = Invalid("NAME_MISSING");

    /// <summary>A party's headquarters are not stated.</summary>
    public static readonly Reason HeadquartersMissing = Invalid("HEADQUARTERS_MISSING");

    /// <summary>A share is no number of percent from 0 to 100.</summary>
    public static readonly Reason ShareOutOfRange = Invalid("SHARE_OUT_OF_RANGE");

    /// <summary>A text that is needed is blank.</summary>
    public static readonly Reason TextMissing = Invalid("TEXT_MISSING");

    /// <summary>A text is longer than its limit.</summary>
    public static readonly Reason TextTooLong = Invalid("TEXT_TOO_LONG");

    /// <summary>The exporter's identifier is blank or not written as identifiers are.</summary>
    public static readonly Reason ExporterInvalid = Invalid("EXPORTER_INVALID");

    /// <summary>The item is absent.</summary>
    public static readonly Reason ItemMissing = Invalid("ITEM_MISSING");

    /// <summary>A part number is blank or not written as part numbers are.</summary>
    public static readonly Reason PartNumberInvalid = Invalid("PART_NUMBER_INVALID");

    /// <summary>A technical fact is negative, not a number, or too large.</summary>
    public static readonly Reason FactOutOfRange = Invalid("FACT_OUT_OF_RANGE");

    /// <summary>An amount of money is absent.</summary>
    public static readonly Reason MoneyMissing = Invalid("MONEY_MISSING");

    /// <summary>An amount of money is below 0.</summary>
    public static readonly Reason MoneyNegative = Invalid("MONEY_NEGATIVE");

    /// <summary>An amount has more decimal digits than its currency, or is too large to count in its minor unit.</summary>
    public static readonly Reason MoneyDoesNotFitCurrency = Invalid("MONEY_DOES_NOT_FIT_CURRENCY");

    /// <summary>A currency is no code of ISO 4217 in upper case.</summary>
    public static readonly Reason CurrencyUnknown = Invalid("CURRENCY_UNKNOWN");

    private static Reason Invalid(string name) => new(name, StatusCode.InvalidArgument);
}
