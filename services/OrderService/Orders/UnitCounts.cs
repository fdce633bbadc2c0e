using OrderTracking.OrderService.Shipments;
using State = OrderTracking.Orders.V1.Order.Types.State;

namespace OrderTracking.OrderService.Orders;

/// <summary>Units of an order by where they stand.</summary>
internal sealed record UnitCounts
{
    public long Ordered { get; init; }

    public long Planned { get; init; }

    public long Held { get; init; }

    public long Blocked { get; init; }

    public long Ready { get; init; }

    public long Shipped { get; init; }

    public long Delivered { get; init; }

    public long Recalled { get; init; }

    public long Returned { get; init; }

    public long Cancelled { get; init; }

    /// <summary>Units that count: neither cancelled nor returned.</summary>
    public long Open => Planned + Held + Blocked + Ready + Shipped + Delivered + Recalled;

    /// <summary>How far the order has come.</summary>
    public State State
    {
        get
        {
            var left = Shipped + Delivered;
            var stopped = Held + Blocked + Recalled;
            return (Open, left, stopped) switch
            {
                (0, _, _) => State.Cancelled,
                var (open, _, _) when Delivered == open => State.Delivered,
                var (open, all, _) when all == open => State.Shipped,
                (_, > 0, _) => State.PartlyShipped,
                var (open, _, all) when all == open => State.Held,
                (_, _, > 0) => State.PartlyHeld,
                var (open, _, _) when Ready == open => State.Ready,
                _ => State.Placed,
            };
        }
    }

    /// <summary>These counts with units of a shipment added.</summary>
    /// <param name="state">A name of ordertracking.shipments.v1.Shipment.State.</param>
    public UnitCounts With(string state, long units) => state switch
    {
        ShipmentView.Planned => this with { Planned = Planned + units },
        ShipmentView.Held => this with { Held = Held + units },
        ShipmentView.Blocked => this with { Blocked = Blocked + units },
        ShipmentView.Ready or ShipmentView.Dispatching => this with { Ready = Ready + units },
        ShipmentView.Dispatched or ShipmentView.InTransit => this with { Shipped = Shipped + units },
        ShipmentView.Delivered => this with { Delivered = Delivered + units },
        ShipmentView.Recalled => this with { Recalled = Recalled + units },
        ShipmentView.Returned => this with { Returned = Returned + units },
        _ => throw new ArgumentException($"'{state}' is no state units can stand in", nameof(state)),
    };

    /// <summary>The sum of both.</summary>
    public UnitCounts Plus(UnitCounts other) => new()
    {
        Ordered = Ordered + other.Ordered,
        Planned = Planned + other.Planned,
        Held = Held + other.Held,
        Blocked = Blocked + other.Blocked,
        Ready = Ready + other.Ready,
        Shipped = Shipped + other.Shipped,
        Delivered = Delivered + other.Delivered,
        Recalled = Recalled + other.Recalled,
        Returned = Returned + other.Returned,
        Cancelled = Cancelled + other.Cancelled,
    };
}
