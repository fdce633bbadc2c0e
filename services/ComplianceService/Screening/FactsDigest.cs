using System.Globalization;
using System.Text;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>
/// Digest of a shipment's facts as stated: 1600 and 1600.0 are one number, unknown is not zero, the order of parties counts.
/// </summary>
internal static class FactsDigest
{
    // Of two parties; more make room as they come.
    private const int CharactersUsual = 640;

    public static string Of(ShipmentFacts facts)
    {
        var text = new StringBuilder("facts 1\n", CharactersUsual);
        text.Field("part", facts.Item.PartNumber).Field("family", facts.Item.Family);
        if (facts.Item.Facts is { } inline)
            Write(text, inline);
        text.Field("exporter", facts.Exporter);
        text.Field("place", facts.PlaceOfExport.Country).Field("zone", facts.PlaceOfExport.TimeZone);
        text.Field("destination", facts.DestinationCountry).Field("movement", facts.Movement.ToString());
        foreach (var party in facts.Parties)
            Write(text, party);
        text.Field("ship_date", Canonical.Date(facts.ShipDate));
        text.Field("quantity", facts.Quantity?.ToString(CultureInfo.InvariantCulture));
        text.Field("value", facts.Value is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{value.CurrencyCode} {value.Units} {value.Nanos}")
            : null);
        return Canonical.Digest(text);
    }

    public static void Write(StringBuilder text, ItemFacts facts)
    {
        text.Field(FactNames.Tpp, Number(facts.Tpp));
        text.Field(FactNames.PerformanceDensity, Number(facts.PerformanceDensity));
        text.Field("die_area_mm2", Number(facts.DieAreaSquareMillimetres));
        text.Field(FactNames.IoBandwidth, Number(facts.IoBandwidthGbps));
        text.Field(FactNames.MemoryBandwidth, Number(facts.MemoryBandwidthGbps));
        text.Field(FactNames.DesignedForDataCenter, facts.DesignedForDataCenter is { } value ? (value ? "true" : "false") : null);
    }

    private static void Write(StringBuilder text, Party party)
    {
        text.Field("party", party.Role.ToString()).Field("name", party.Name).Field("country", party.Country);
        text.Field("headquarters", party.HeadquartersCountry);
        text.Field("parent", party.UltimateParent is { } parent ? parent.Country ?? "none" : null);
        text.Field("listed_owner", party.ListedOwner).Field("share", Number(party.ListedOwnerSharePercent));
        // Left out where it is not stated: facts without addresses keep the digests they had before there were any.
        if (party.Address is { } address)
            text.Field("address", address);
    }

    private static string? Number(decimal? value) => value is { } number ? Canonical.Number(number) : null;
}
