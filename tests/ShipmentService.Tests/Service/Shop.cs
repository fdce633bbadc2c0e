using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Orders;
using OrderTracking.Orders.V1;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.ShipmentService.Tests.Service;

/// <summary>What orders and compliance do, told as tests tell it.</summary>
internal static class Shop
{
    public static string Id() => Guid.CreateVersion7().ToString();

    /// <summary>Places an order and waits for its shipments.</summary>
    public static async Task<(OrderSnapshot Order, IReadOnlyList<Api.Shipment> Shipments)> PlaceOrder(
        this ShipmentsHost host, params OrderLineSnapshot[] lines)
    {
        var order = Given.Order(Guid.CreateVersion7(), 1, lines.Length == 0 ? [Given.Line()] : lines);
        await host.Publish(Guid.CreateVersion7(), new OrderPlaced(Guid.CreateVersion7(), Given.Now, "erp", order));
        return (order, await host.ShipmentsOf(order, order.Lines.Count));
    }

    /// <summary>The shipments of an order, once there are so many.</summary>
    public static async Task<IReadOnlyList<Api.Shipment>> ShipmentsOf(this ShipmentsHost host, OrderSnapshot order, int count) =>
        await ShipmentsHost.Eventually<IReadOnlyList<Api.Shipment>>(
            async () => (await host.Caller.ListShipmentsAsync(
                new Api.ListShipmentsRequest { Filter = $"order = \"orders/{order.OrderId}\"", PageSize = 1000 })).Shipments,
            shipments => shipments.Count >= count);

    /// <summary>Compliance screens a shipment as it is; waits until that is known.</summary>
    public static async Task<Api.Shipment> Screen(
        this ShipmentsHost host, Api.Shipment shipment, string standing, long number = 1, params string[] reasons)
    {
        var id = Guid.CreateVersion7();
        await host.Publish(id, new ShipmentScreened(
            id, Given.Now, "compliance", Guid.Parse(shipment.Uid), Guid.Parse(
                shipment.Order["orders/".Length..]), shipment.Revision, Guid.CreateVersion7(), number, number,
            standing == "READY" ? "CLEARED" : standing, standing, false, Given.ShipDate, reasons));
        return await ShipmentsHost.Eventually(() => host.Get(shipment.Name), seen => seen.Etag != shipment.Etag);
    }

    /// <summary>A shipment that may be dispatched.</summary>
    public static async Task<Api.Shipment> ReadyShipment(this ShipmentsHost host, long quantity = 100)
    {
        var (_, shipments) = await host.PlaceOrder(Given.Line(quantity: quantity));
        var ready = await host.Screen(shipments[0], "READY");
        Assert.Equal(State.Ready, ready.State);
        return ready;
    }

    public static Api.DispatchShipmentRequest DispatchOf(Api.Shipment shipment, string? requestId = null) => new()
    {
        Name = shipment.Name,
        Carrier = "DHL",
        TrackingNumber = "T-1",
        RequestId = requestId ?? Id(),
    };

    public static async Task<Api.Shipment> DispatchedShipment(this ShipmentsHost host)
    {
        host.Compliance.Grant();
        return await host.Caller.DispatchShipmentAsync(DispatchOf(await host.ReadyShipment()));
    }

    /// <summary>An order as the order service sends it.</summary>
    public static Order Message(OrderSnapshot order) => new()
    {
        Name = $"orders/{order.OrderId}",
        Revision = order.Revision,
        Exporter = order.Exporter,
        Parties = { order.Parties.Select(WireParty.Of) },
        DestinationCountry = order.DestinationCountry,
        PlaceOfExport = WirePlace.Of(order.PlaceOfExportCountry, order.PlaceOfExportTimeZone),
        Movement = WireMovement.Of(order.Movement),
        Lines =
        {
            order.Lines.Select(line => new OrderLine
            {
                Number = line.Number,
                Item = WireItem.Of(line.Item),
                Quantity = line.Quantity,
                UnitPrice = WireMoney.Of(line.UnitPrice),
                RequestedShipDate = WireDate.Of(line.RequestedShipDate),
            }),
        },
    };

    public static Api.TakeOrderChangeRequest Change(OrderSnapshot order, bool cancel = false) => new()
    {
        Order = Message(order),
        Cancel = cancel,
        RequestedBy = "erp",
        Reason = "the buyer asked",
    };
}
