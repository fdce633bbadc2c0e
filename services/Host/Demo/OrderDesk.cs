using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.Host.Demo;

/// <summary>Places the orders of a day and waits until each of their shipments is screened.</summary>
internal sealed class OrderDesk(Cast cast, ShipmentBoard board, Screen screen, CancellationToken stopping)
{
    private readonly Dictionary<DemoOrder, string> _names = [];

    public IReadOnlyDictionary<DemoOrder, string> Names => _names;

    public async Task PlaceDue(DateOnly day)
    {
        foreach (var demoOrder in DemoOrders.All.Where(order => order.PlacedOn == day))
        {
            var order = await cast.OrderDesk.Orders.PlaceOrderAsync(
                new PlaceOrderRequest { Order = demoOrder.ToOrder(), RequestId = Guid.CreateVersion7().ToString() },
                cancellationToken: stopping);
            _names.Add(demoOrder, order.Name);
            screen.Ordered(day, demoOrder);
            bool IsScreened(Shipment shipment) => shipment.Order == order.Name && shipment.State != State.Planned;
            await board.Until(
                $"the shipments of {order.Name} are screened", shipments => shipments.Count(IsScreened) == demoOrder.Lots.Length, stopping);
            foreach (var stopped in board.All.Where(IsScreened).Where(shipment => shipment.State is State.Held or State.Blocked))
                screen.Became(day, stopped);
        }
    }
}
