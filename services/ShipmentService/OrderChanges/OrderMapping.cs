using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts.Orders;
using OrderTracking.Orders.V1;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.OrderChanges;

/// <summary>Reads an order as the order service sends it.</summary>
internal static class OrderMapping
{
    /// <summary>Null, or not whole, where something was added to <paramref name="violations"/>.</summary>
    /// <param name="nameOnly">Only name and revision are needed: the order is cancelled.</param>
    public static OrderSnapshot? Parse(Order? order, bool nameOnly, Violations violations)
    {
        if (order is null)
        {
            violations.Add("order", ShipmentReasons.OrderMissing, null, "the order as it will be");
            return null;
        }

        var id = WireName.Parse(order.Name, "orders", "order.name", violations) ?? Guid.Empty;
        if (order.Revision < 1)
            violations.Add(
                "order.revision", ShipmentReasons.OrderRevisionInvalid, order.Revision.ToString(CultureInfo.InvariantCulture), "1 or more");
        return nameOnly ? new OrderSnapshot(id, order.Revision, "", [], "", "", "", "", []) : ParseWhole(order, id, violations);
    }

    private static OrderSnapshot? ParseWhole(Order order, Guid id, Violations violations)
    {
        var exporter = WireExporter.Parse(order.Exporter, "order.exporter", violations);
        var parties = WireParty.Parse(order.Parties, "order.parties", violations);
        var destination = Countries.Parse(order.DestinationCountry, "order.destination_country", violations);
        var place = WirePlace.Parse(order.PlaceOfExport, "order.place_of_export", violations);
        var movement = WireMovement.Parse(order.Movement, "order.movement", violations);
        var lines = ParseLines(order, violations);
        return exporter is null || destination is null || place is null || movement is null
            ? null
            : new OrderSnapshot(id, order.Revision, exporter, parties, destination, place.Country, place.TimeZone, movement, lines);
    }

    private static List<OrderLineSnapshot> ParseLines(Order order, Violations violations)
    {
        if (order.Lines.Count == 0)
            violations.Add("order.lines", ShipmentReasons.OrderLinesMissing, null, "at least one line");
        var seen = new HashSet<int>();
        var lines = new List<OrderLineSnapshot>(order.Lines.Count);
        for (var index = 0; index < order.Lines.Count; index++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"order.lines[{index}]");
            var line = order.Lines[index];
            if (line.Number < 1 || !seen.Add(line.Number))
                violations.Add(
                    $"{field}.number",
                    ShipmentReasons.OrderLineNumberInvalid,
                    line.Number.ToString(CultureInfo.InvariantCulture),
                    "1 or more, each number once");
            var item = WireItem.Parse(line.Item, $"{field}.item", violations);
            var quantity = WireNumber.ParseQuantity(line.Quantity, $"{field}.quantity", violations);
            var price = WireMoney.Parse(line.UnitPrice, $"{field}.unit_price", violations);
            var date = WireDate.ParseShipDate(line.RequestedShipDate, $"{field}.requested_ship_date", violations);
            if (item is not null && quantity is not null && price is not null && date is not null)
                lines.Add(new OrderLineSnapshot(line.Number, item, quantity.Value, price, date.Value));
        }

        return lines;
    }
}
