using State = OrderTracking.Orders.V1.Order.Types.State;

namespace OrderTracking.OrderService.Orders;

/// <summary>The names order states are stored as, which are those of the API.</summary>
internal static class OrderState
{
    /// <summary>The stored name of a state.</summary>
    public static string NameOf(State state) => state switch
    {
        State.Placed => "PLACED",
        State.PartlyHeld => "PARTLY_HELD",
        State.Held => "HELD",
        State.Ready => "READY",
        State.PartlyShipped => "PARTLY_SHIPPED",
        State.Shipped => "SHIPPED",
        State.Delivered => "DELIVERED",
        State.Cancelled => "CANCELLED",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "An order is always in some state."),
    };

    /// <summary>The state of a stored name.</summary>
    public static State Of(string name) =>
        Array.Find(Enum.GetValues<State>(), state => state != State.Unspecified && NameOf(state) == name) is var found and not State.Unspecified
            ? found
            : throw new ArgumentException($"'{name}' is no state of an order", nameof(name));
}
