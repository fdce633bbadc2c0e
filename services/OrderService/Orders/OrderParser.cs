using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Type;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts;
using OrderTracking.Types.V1;
using OrderTracking.Wire;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Orders;

/// <summary>Reads what a caller orders, and finds everything wrong with it.</summary>
internal static class OrderParser
{
    /// <summary>Reads a whole order.</summary>
    /// <param name="current">The content it replaces; null for a new order.</param>
    /// <param name="now">The instant that decides which day it is at the place of export.</param>
    /// <returns>The content; null if anything was added to <paramref name="violations"/>.</returns>
    public static OrderContent? Parse(V1.Order? order, OrderContent? current, DateTimeOffset now, Violations violations)
    {
        if (order is null)
        {
            violations.Add("order", OrderReasons.OrderMissing, null, "an order");
            return null;
        }

        var exporter = WireExporter.Parse(order.Exporter, "order.exporter", violations);
        var parties = ParseParties(order.Parties, violations);
        var destination = Countries.Parse(order.DestinationCountry, "order.destination_country", violations);
        var address = ParseAddress(order.DeliveryAddress, order.DestinationCountry, violations);
        var place = WirePlace.Parse(order.PlaceOfExport, "order.place_of_export", violations);
        var movement = WireMovement.Parse(order.Movement, "order.movement", violations);
        var lines = OrderLineParser.Parse(order.Lines, current, place?.DateAt(now), violations);
        var documents = ParseDocuments(order.Documents, violations);
        return violations.Any
            ? null
            : new OrderContent(
                exporter!,
                parties,
                destination!,
                address,
                place!,
                movement!,
                lines,
                documents,
                Math.Max(current?.LineNumberLast ?? 0, lines.Max(line => line.Number)));
    }

    private static IReadOnlyList<PartyFacts> ParseParties(RepeatedField<Party> parties, Violations violations)
    {
        var read = WireParty.Parse(parties, "order.parties", violations);
        // Roles are counted as sent: a party that was refused for something else is still there.
        if (parties.Count is 0 or > Limits.PartiesMax)
            return read;
        var purchasers = parties.Count(party => party.Role == PartyRole.Purchaser);
        if (purchasers != 1)
        {
            var count = string.Create(CultureInfo.InvariantCulture, $"{purchasers} purchasers");
            violations.Add("order.parties", OrderReasons.PurchaserNotOne, count, "exactly one party with the role PURCHASER");
        }

        if (!parties.Any(party => party.Role is PartyRole.UltimateConsignee or PartyRole.EndUser))
            violations.Add("order.parties", OrderReasons.ConsigneeMissing, null, "at least one party with the role ULTIMATE_CONSIGNEE or END_USER");
        return read;
    }

    private static string? ParseAddress(PostalAddress? address, string destination, Violations violations)
    {
        if (address is null)
            return null;
        if (address.RegionCode.Length > 0 && address.RegionCode != destination)
            violations.Add("order.delivery_address.region_code", OrderReasons.AddressCountryMismatch, address.RegionCode, "blank or the destination country");
        var bytes = address.CalculateSize();
        if (bytes > OrderLimits.AddressBytesMax)
        {
            var size = string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
            violations.Add("order.delivery_address", OrderReasons.AddressTooLong, size, $"at most {OrderLimits.AddressBytesMax} bytes");
        }

        return JsonFormatter.Default.Format(address);
    }

    private static IReadOnlyList<DocumentFacts> ParseDocuments(RepeatedField<DocumentReference> documents, Violations violations)
    {
        if (documents.Count > OrderLimits.DocumentsMax)
        {
            var count = documents.Count.ToString(CultureInfo.InvariantCulture);
            violations.Add("order.documents", OrderReasons.DocumentsTooMany, count, $"at most {OrderLimits.DocumentsMax} documents");
            return [];
        }

        return [.. documents.Select((document, index) => ParseDocument(document, $"order.documents[{index}]", violations)).OfType<DocumentFacts>()];
    }

    private static DocumentFacts? ParseDocument(DocumentReference document, in FieldPath field, Violations violations)
    {
        var kind = DocumentKinds.NameOf(document.Kind);
        if (kind is null)
            violations.Add($"{field}.kind", OrderReasons.DocumentKindMissing, document.Kind.ToString(), DocumentKinds.Allowed);
        var number = WireText.Parse(document.Number, $"{field}.number", OrderLimits.DocumentNumberCharactersMax, violations);
        return kind is null || number is null ? null : new DocumentFacts(kind, number);
    }
}
