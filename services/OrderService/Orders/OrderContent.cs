using System.Text.Json;
using System.Text.Json.Serialization;
using OrderTracking.Contracts;
using OrderTracking.Contracts.Orders;
using OrderTracking.Wire;

namespace OrderTracking.OrderService.Orders;

/// <summary>What was ordered, as of one revision. Stored whole as JSON, so names of properties never change.</summary>
/// <param name="DeliveryAddress">A google.type.PostalAddress as proto JSON; null if none was given.</param>
/// <param name="LineNumberLast">The highest number a line ever had: a number is never given to another line.</param>
internal sealed record OrderContent(
    string Exporter,
    IReadOnlyList<PartyFacts> Parties,
    string DestinationCountry,
    string? DeliveryAddress,
    PlaceFacts PlaceOfExport,
    string Movement,
    IReadOnlyList<OrderLineSnapshot> Lines,
    IReadOnlyList<DocumentFacts> Documents,
    int LineNumberLast)
{
    /// <summary>The one purchaser's name.</summary>
    [JsonIgnore]
    public string Purchaser => Parties.First(party => party.Role == WireParty.Purchaser).Name;

    /// <summary>Sum over the lines of quantity times unit price; checked to fit when the order was read.</summary>
    [JsonIgnore]
    public MoneyAmount TotalValue => new(Lines[0].UnitPrice.CurrencyCode, Lines.Sum(line => line.Quantity * line.UnitPrice.MinorUnits));

    /// <summary>The order as events carry it.</summary>
    public OrderSnapshot Snapshot(Guid orderId, long revision) => new(
        orderId, revision, Exporter, Parties, DestinationCountry, PlaceOfExport.Country, PlaceOfExport.TimeZone, Movement, Lines,
        [.. Documents.Select(document => new OrderDocument(document.Kind, document.Number))]);
}

/// <summary>A document of the transaction.</summary>
/// <param name="Kind">A name of ordertracking.type.v1.DocumentReference.Kind.</param>
internal sealed record DocumentFacts(string Kind, string Number);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderContent))]
[JsonSerializable(typeof(LinesOfContent))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class OrderContentJson : JsonSerializerContext;
