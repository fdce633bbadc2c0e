namespace OrderTracking.Wire;

/// <summary>What a request may hold at most, the same in every service.</summary>
public static class Limits
{
    /// <summary>Units of one line or shipment.</summary>
    public const long QuantityUnitsMax = 10_000_000;

    /// <summary>Parties of one transaction.</summary>
    public const int PartiesMax = 20;

    /// <summary>Characters of a party's or owner's name, and of a source.</summary>
    public const int NameCharactersMax = 200;

    /// <summary>Characters of a party's address.</summary>
    public const int AddressCharactersMax = 500;

    /// <summary>Characters of an exporter's identifier.</summary>
    public const int ExporterCharactersMax = 32;

    /// <summary>Characters of a part number.</summary>
    public const int PartNumberCharactersMax = 64;

    /// <summary>Characters of a family's name.</summary>
    public const int FamilyCharactersMax = 64;

    /// <summary>Characters of a time zone's name.</summary>
    public const int TimeZoneCharactersMax = 64;

    /// <summary>Characters of a reason, a note or an explanation a person writes.</summary>
    public const int ReasonCharactersMax = 1_000;

    /// <summary>The largest technical fact, in whatever unit: far above any chip, far below where decimal overflows.</summary>
    public const decimal FactMax = 1_000_000_000_000m;

    /// <summary>The first year of a date: no goods of this trade left earlier.</summary>
    public const int YearMin = 1970;

    /// <summary>The last year of a date: leaves room for adding days to every date that is accepted.</summary>
    public const int YearMax = 2199;
}
