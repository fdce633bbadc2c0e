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
    private const int BytesUsual = 1_024;

    public static string Of(ShipmentFacts facts)
    {
        var text = new CanonicalText(stackalloc byte[BytesUsual]);
        try
        {
            Write(ref text, facts);
            return text.Digest();
        }
        finally
        {
            text.Dispose();
        }
    }

    private static void Write(ref CanonicalText text, ShipmentFacts facts)
    {
        text.Add("facts 1\n");
        text.Field("part", facts.Item.PartNumber);
        text.Field("family", facts.Item.Family);
        if (facts.Item.Facts is { } inline)
            Write(ref text, inline);
        text.Field("exporter", facts.Exporter);
        text.Field("place", facts.PlaceOfExport.Country);
        text.Field("zone", facts.PlaceOfExport.TimeZone);
        text.Field("destination", facts.DestinationCountry);
        text.Field("movement", facts.Movement.ToString());
        for (var index = 0; index < facts.Parties.Count; index++)
            Write(ref text, facts.Parties[index]);
        text.Field("ship_date", facts.ShipDate);
        text.Field("quantity", facts.Quantity);
        text.Field("value", facts.Value is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{value.CurrencyCode} {value.Units} {value.Nanos}")
            : null);
    }

    private static void Write(ref CanonicalText text, ItemFacts facts)
    {
        text.Field(FactNames.Tpp, facts.Tpp);
        text.Field(FactNames.PerformanceDensity, facts.PerformanceDensity);
        text.Field("die_area_mm2", facts.DieAreaSquareMillimetres);
        text.Field(FactNames.IoBandwidth, facts.IoBandwidthGbps);
        text.Field(FactNames.MemoryBandwidth, facts.MemoryBandwidthGbps);
        text.Field(FactNames.DesignedForDataCenter, Words(facts.DesignedForDataCenter));
    }

    /// <summary>The facts of a part, as a revision's digest has them.</summary>
    public static void Write(StringBuilder text, ItemFacts facts)
    {
        text.Field(FactNames.Tpp, Number(facts.Tpp));
        text.Field(FactNames.PerformanceDensity, Number(facts.PerformanceDensity));
        text.Field("die_area_mm2", Number(facts.DieAreaSquareMillimetres));
        text.Field(FactNames.IoBandwidth, Number(facts.IoBandwidthGbps));
        text.Field(FactNames.MemoryBandwidth, Number(facts.MemoryBandwidthGbps));
        text.Field(FactNames.DesignedForDataCenter, Words(facts.DesignedForDataCenter));
    }

    private static void Write(ref CanonicalText text, Party party)
    {
        text.Field("party", party.Role.ToString());
        text.Field("name", party.Name);
        text.Field("country", party.Country);
        text.Field("headquarters", party.HeadquartersCountry);
        text.Field("parent", party.UltimateParent is { } parent ? parent.Country ?? "none" : null);
        text.Field("listed_owner", party.ListedOwner);
        text.Field("share", party.ListedOwnerSharePercent);
        // Left out where it is not stated: facts without addresses keep the digests they had before there were any.
        if (party.Address is { } address)
            text.Field("address", address);
    }

    private static string? Words(bool? value) => value is { } stated ? (stated ? "true" : "false") : null;

    private static string? Number(decimal? value) => value is { } number ? Canonical.Number(number) : null;
}
