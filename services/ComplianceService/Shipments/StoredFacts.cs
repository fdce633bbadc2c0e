using System.Text.Json;
using System.Text.Json.Serialization;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Contracts;

namespace OrderTracking.ComplianceService.Shipments;

/// <summary>A shipment's facts as they stand in its row: JSON of the types events carry, decimals whole.</summary>
internal sealed record StoredFacts(
    ItemReference Item,
    string Exporter,
    string PlaceCountry,
    string PlaceTimeZone,
    string DestinationCountry,
    string Movement,
    IReadOnlyList<PartyFacts> Parties,
    DateOnly ShipDate,
    long? Quantity,
    MoneyAmount? Value)
{
    public static string Write(ShipmentFacts facts) => JsonSerializer.Serialize(new StoredFacts(
        new ItemReference(facts.Item.PartNumber, facts.Item.Family, facts.Item.Facts is { } stated ? Of(stated) : null),
        facts.Exporter,
        facts.PlaceOfExport.Country,
        facts.PlaceOfExport.TimeZone,
        facts.DestinationCountry,
        Codes<Movement>.Of(facts.Movement),
        [.. facts.Parties.Select(FactsMapping.Of)],
        facts.ShipDate,
        facts.Quantity,
        facts.Value is { } value ? FactsMapping.Of(value) : null));

    public static ShipmentFacts Read(string json)
    {
        var stored = JsonSerializer.Deserialize(json, StoredFactsJson.Default.StoredFacts) ?? throw new InvalidDataException("A shipment's row holds no facts.");
        return new ShipmentFacts(
            FactsMapping.Of(stored.Item),
            stored.Exporter,
            new PlaceOfExport(stored.PlaceCountry, stored.PlaceTimeZone),
            stored.DestinationCountry,
            Codes<Movement>.Parse(stored.Movement),
            [.. stored.Parties.Select(FactsMapping.Of)],
            stored.ShipDate,
            stored.Quantity,
            stored.Value is { } value ? FactsMapping.Of(value) : null);
    }

    private static StatedItemFacts Of(ItemFacts facts) => new(
        facts.Tpp,
        facts.PerformanceDensity,
        facts.IoBandwidthGbps,
        facts.MemoryBandwidthGbps,
        facts.DesignedForDataCenter,
        facts.DieAreaSquareMillimetres);
}

/// <summary>How facts are read: made at compile time, as a re-check reads those of every open shipment.</summary>
[JsonSerializable(typeof(StoredFacts))]
internal sealed partial class StoredFactsJson : JsonSerializerContext;
