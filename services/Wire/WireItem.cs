using System.Buffers;
using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts;
using OrderTracking.Types.V1;

namespace OrderTracking.Wire;

/// <summary>Items and the technical facts a caller states about them. An absent fact is unknown, which is not zero.</summary>
public static class WireItem
{
    private static readonly SearchValues<char> OfPartNumbers =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-");

    /// <summary>Reads an item that must be given. Whether the part is known is nobody's business here.</summary>
    /// <returns>The item; null if it was refused.</returns>
    public static ItemReference? Parse(Item? item, in FieldPath field, Violations violations)
    {
        if (item is null)
        {
            violations.Add(field, WireReasons.ItemMissing, null, "an item with its part number");
            return null;
        }

        var partNumber = ParsePartNumber(item.PartNumber, $"{field}.part_number", violations);
        var family = WireText.ParseOptional(item.Family, $"{field}.family", Limits.FamilyCharactersMax, violations);
        var facts = ParseFacts(item.Facts, $"{field}.facts", violations);
        return partNumber is null ? null : new ItemReference(partNumber, family, facts);
    }

    /// <summary>Reads a part number.</summary>
    /// <returns>The part number; null if it was refused.</returns>
    public static string? ParsePartNumber(string partNumber, in FieldPath field, Violations violations)
    {
        if (partNumber.Length is > 0 and <= Limits.PartNumberCharactersMax && !partNumber.AsSpan().ContainsAnyExcept(OfPartNumbers))
            return partNumber;
        violations.Add(
            field,
            WireReasons.PartNumberInvalid,
            partNumber,
            $"1 to {Limits.PartNumberCharactersMax} letters, digits, dots, dashes, underscores and slashes");
        return null;
    }

    /// <summary>Reads stated facts; doubles become the decimals they are written as.</summary>
    /// <returns>The facts; null if none are stated.</returns>
    public static StatedItemFacts? ParseFacts(ItemFacts? facts, in FieldPath field, Violations violations) =>
        facts is null
            ? null
            : new StatedItemFacts(
                ParseFact(facts.HasTpp, facts.Tpp, $"{field}.tpp", violations),
                ParseFact(facts.HasPerformanceDensity, facts.PerformanceDensity, $"{field}.performance_density", violations),
                ParseFact(facts.HasIoBandwidthGbps, facts.IoBandwidthGbps, $"{field}.io_bandwidth_gbps", violations),
                ParseFact(facts.HasMemoryBandwidthGbps, facts.MemoryBandwidthGbps, $"{field}.memory_bandwidth_gbps", violations),
                facts.HasDesignedForDataCenter ? facts.DesignedForDataCenter : null,
                ParseFact(facts.HasDieAreaMm2, facts.DieAreaMm2, $"{field}.die_area_mm2", violations, aboveZero: true));

    /// <summary>Writes an item.</summary>
    public static Item Of(ItemReference item)
    {
        var written = new Item { PartNumber = item.PartNumber, Family = item.Family ?? "" };
        if (item.Facts is { } facts)
            written.Facts = Of(facts);
        return written;
    }

    /// <summary>Writes stated facts; what is unknown stays absent.</summary>
    public static ItemFacts Of(StatedItemFacts facts)
    {
        var written = new ItemFacts();
        if (facts.Tpp is { } tpp)
            written.Tpp = (double)tpp;
        if (facts.PerformanceDensity is { } density)
            written.PerformanceDensity = (double)density;
        if (facts.IoBandwidthGbps is { } io)
            written.IoBandwidthGbps = (double)io;
        if (facts.MemoryBandwidthGbps is { } memory)
            written.MemoryBandwidthGbps = (double)memory;
        if (facts.DesignedForDataCenter is { } designed)
            written.DesignedForDataCenter = designed;
        if (facts.DieAreaSquareMillimetres is { } area)
            written.DieAreaMm2 = (double)area;
        return written;
    }

    private static decimal? ParseFact(bool given, double value, in FieldPath field, Violations violations, bool aboveZero = false)
    {
        if (!given)
            return null;
        if (WireNumber.Exact(value) is { } fact and >= 0 and <= Limits.FactMax && !(aboveZero && fact == 0))
            return fact;
        violations.Add(
            field,
            WireReasons.FactOutOfRange,
            value.ToString("R", CultureInfo.InvariantCulture),
            $"a number {(aboveZero ? "above 0" : "of 0 or more")}, at most {Limits.FactMax.ToString(CultureInfo.InvariantCulture)}; absent where it is unknown");
        return null;
    }
}
