using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Orders;
using OrderTracking.Contracts.Shipments;

namespace OrderTracking.Contracts;

/// <summary>
/// Which service takes which event. Whoever publishes declares the queues of those who take, so that an event is kept for a
/// service that has never run yet.
/// </summary>
public static class EventQueues
{
    private static readonly IReadOnlyList<Type> OfShipments =
    [
        typeof(ShipmentPlanned), typeof(ShipmentRevised), typeof(ShipmentCancelled), typeof(ShipmentDispatched),
        typeof(ShipmentMilestoneRecorded), typeof(ShipmentReturned),
    ];

    /// <summary>The events of each queue.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Type>> ByQueue { get; } = new Dictionary<string, IReadOnlyList<Type>>(StringComparer.Ordinal)
    {
        ["orders"] =
        [
            .. OfShipments, typeof(ShipmentScreened), typeof(HoldOpened), typeof(HoldSettled), typeof(HoldVoided),
            typeof(ReleaseProposed), typeof(ReleaseRejected), typeof(ReleaseVoided), typeof(PermitGranted), typeof(PermitRevoked),
        ],
        ["shipments"] = [typeof(OrderPlaced), typeof(OrderAmended), typeof(OrderCancelled), typeof(ShipmentScreened), typeof(PermitRevoked)],
        ["compliance"] = [.. OfShipments, typeof(DispatchRefused), typeof(OrderPlaced), typeof(OrderAmended)],
    };
}
