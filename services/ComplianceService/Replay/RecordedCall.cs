using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>The call a stored decision was made by, rebuilt from its record alone.</summary>
/// <param name="Facts">As stated to the deciding function, for the day decided.</param>
/// <param name="Recorded">The facts as the record writes them: the shipment's, with its planned ship date.</param>
/// <param name="IsCertain">False where the record does not tell how the item was stated: the best guess is taken.</param>
internal sealed record RecordedCall(
    ShipmentFacts Facts, ShipmentFacts Recorded, DateOnly ShipDate, DateTimeOffset KnownAt, bool IsCertain)
{
    private const string Inline = "INLINE";

    /// <summary>Null, with the violations, when the record's facts can no longer be read.</summary>
    public static RecordedCall? Of(V1.Decision record, Violations violations)
    {
        var recorded = FactsMapping.Parse(record.Facts, "facts", violations);
        var shipDate = WireDate.ParseShipDate(record.ShipDate, "ship_date", violations);
        if (recorded is null || shipDate is not { } day || record.KnownAt is null)
            return null;
        var (facts, certain) = Stated(record, recorded with { ShipDate = day });
        return new RecordedCall(facts, recorded, day, record.KnownAt.ToDateTimeOffset(), certain);
    }

    // The record holds the facts of the item as they were used. Facts that were looked up are asked for again without them; the family a
    // caller stated beside them is kept apart since records know it, and before that whatever gives the record's digest was stated.
    private static (ShipmentFacts Facts, bool IsCertain) Stated(V1.Decision record, ShipmentFacts used)
    {
        var facts = record.ItemFactsSource == Inline ? used.Item.Facts : null;
        if (record.HasStatedFamily)
            return (With(used, record.StatedFamily, facts), true);
        foreach (var family in (string?[])[null, used.Item.Family])
            if (With(used, family, facts) is var guess && FactsDigest.Of(guess) == record.FactsDigest)
                return (guess, true);
        return (With(used, used.Item.Family, facts), false);
    }

    private static ShipmentFacts With(ShipmentFacts used, string? family, ItemFacts? facts) =>
        used with { Item = new Item(used.Item.PartNumber, string.IsNullOrEmpty(family) ? null : family, facts) };
}
