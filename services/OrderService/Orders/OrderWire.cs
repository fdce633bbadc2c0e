using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Type;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts.Orders;
using OrderTracking.OrderService.Shipments;
using OrderTracking.OrderService.Timeline;
using OrderTracking.Types.V1;
using OrderTracking.Wire;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Orders;

/// <summary>Orders as the API shows them.</summary>
internal static class OrderWire
{
    public const string Collection = "orders";

    /// <summary>The resource name of an order.</summary>
    public static string NameOf(Guid orderId) => WireName.Of(Collection, orderId);

    /// <summary>The whole resource.</summary>
    public static V1.Order Of(Order order)
    {
        var units = order.Units;
        var written = new V1.Order
        {
            Name = NameOf(order.Id),
            Uid = order.Id.ToString("D"),
            CreateTime = Timestamp.FromDateTimeOffset(order.CreatedAt),
            UpdateTime = Timestamp.FromDateTimeOffset(order.UpdatedAt),
            Etag = Etag.Of(order.Revision),
            State = units.State,
            Revision = order.Revision,
            TotalValue = WireMoney.Of(order.Content.TotalValue),
            Quantities = Of(units),
            Shipments = { order.Shipments.Where(shipment => shipment.IsKnown).Select(Of) },
        };
        Write(order.Content, written);
        foreach (var line in written.Lines)
            line.Name = $"{written.Name}/lines/{line.Number}";
        return written;
    }

    /// <summary>Writes what a caller may write; nothing else of the resource is touched.</summary>
    public static void Write(OrderContent content, V1.Order order)
    {
        order.Exporter = content.Exporter;
        order.Parties.Add(content.Parties.Select(WireParty.Of));
        order.DestinationCountry = content.DestinationCountry;
        order.DeliveryAddress = content.DeliveryAddress is { } address ? JsonParser.Default.Parse<PostalAddress>(address) : null;
        order.PlaceOfExport = WirePlace.Of(content.PlaceOfExport.Country, content.PlaceOfExport.TimeZone);
        order.Movement = WireMovement.Of(content.Movement);
        order.Lines.Add(content.Lines.Select(Of));
        order.Documents.Add(content.Documents.Select(Of));
    }

    /// <summary>An entry of the history.</summary>
    public static V1.TimelineEntry Of(TimelineRow row) => new()
    {
        Sequence = row.Number,
        Kind = row.Kind,
        EventTime = Timestamp.FromDateTimeOffset(row.EventTime),
        RecordTime = Timestamp.FromDateTimeOffset(row.RecordedAt),
        Resource = row.Resource,
        Summary = row.Summary,
        Actor = row.Actor,
        TraceId = row.TraceId ?? "",
        Event = row.EventId.ToString("D"),
    };

    private static V1.OrderLine Of(OrderLineSnapshot line) => new()
    {
        Number = line.Number,
        Item = WireItem.Of(line.Item),
        Quantity = line.Quantity,
        UnitPrice = WireMoney.Of(line.UnitPrice),
        RequestedShipDate = WireDate.Of(line.RequestedShipDate),
    };

    private static DocumentReference Of(DocumentFacts document) => new() { Kind = DocumentKinds.Of(document.Kind), Number = document.Number };

    private static V1.Quantities Of(UnitCounts units) => new()
    {
        Ordered = units.Ordered,
        Planned = units.Planned,
        Held = units.Held,
        Blocked = units.Blocked,
        Ready = units.Ready,
        Shipped = units.Shipped,
        Delivered = units.Delivered,
        Recalled = units.Recalled,
        Returned = units.Returned,
        Cancelled = units.Cancelled,
    };

    private static V1.OrderShipment Of(ShipmentView shipment) => new()
    {
        Shipment = WireName.Of(DescribeShipment.Collection, shipment.ShipmentId),
        LineNumber = shipment.LineNumber,
        Quantity = shipment.Quantity,
        State = shipment.State,
        PlannedShipDate = WireDate.Of(shipment.PlannedShipDate),
        Reasons = { shipment.Reasons },
    };
}
