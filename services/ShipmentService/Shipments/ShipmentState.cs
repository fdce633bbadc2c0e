namespace OrderTracking.ShipmentService.Shipments;

/// <summary>Where a shipment stands; see ordertracking.shipments.v1.Shipment.State.</summary>
internal enum ShipmentState
{
    Planned,
    Held,
    Blocked,
    Ready,
    Dispatching,
    Dispatched,
    Recalled,
    InTransit,
    Delivered,
    Returned,
    Cancelled,
}

/// <summary>The names states have in rows and events.</summary>
internal static class StateNames
{
    private static readonly Dictionary<ShipmentState, string> Names = new()
    {
        [ShipmentState.Planned] = "PLANNED",
        [ShipmentState.Held] = "HELD",
        [ShipmentState.Blocked] = "BLOCKED",
        [ShipmentState.Ready] = "READY",
        [ShipmentState.Dispatching] = "DISPATCHING",
        [ShipmentState.Dispatched] = "DISPATCHED",
        [ShipmentState.Recalled] = "RECALLED",
        [ShipmentState.InTransit] = "IN_TRANSIT",
        [ShipmentState.Delivered] = "DELIVERED",
        [ShipmentState.Returned] = "RETURNED",
        [ShipmentState.Cancelled] = "CANCELLED",
    };

    private static readonly Dictionary<string, ShipmentState> States = Names.ToDictionary(entry => entry.Value, entry => entry.Key);

    public static string Of(ShipmentState state) => Names[state];

    public static ShipmentState Parse(string name) => States[name];
}
