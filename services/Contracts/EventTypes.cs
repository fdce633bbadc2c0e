using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Orders;
using OrderTracking.Contracts.Shipments;

namespace OrderTracking.Contracts;

/// <summary>The names events have in outbox and inbox rows. A name is part of the wire and never changes.</summary>
public static class EventTypes
{
    /// <summary>Every event, by its name.</summary>
    public static IReadOnlyDictionary<string, Type> ByName { get; } = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["orders.order-placed"] = typeof(OrderPlaced),
        ["orders.order-amended"] = typeof(OrderAmended),
        ["orders.order-cancelled"] = typeof(OrderCancelled),
        ["shipments.shipment-planned"] = typeof(ShipmentPlanned),
        ["shipments.shipment-revised"] = typeof(ShipmentRevised),
        ["shipments.shipment-cancelled"] = typeof(ShipmentCancelled),
        ["shipments.shipment-dispatched"] = typeof(ShipmentDispatched),
        ["shipments.shipment-milestone-recorded"] = typeof(ShipmentMilestoneRecorded),
        ["shipments.shipment-returned"] = typeof(ShipmentReturned),
        ["shipments.dispatch-refused"] = typeof(DispatchRefused),
        ["compliance.shipment-screened"] = typeof(ShipmentScreened),
        ["compliance.hold-opened"] = typeof(HoldOpened),
        ["compliance.hold-settled"] = typeof(HoldSettled),
        ["compliance.hold-voided"] = typeof(HoldVoided),
        ["compliance.release-proposed"] = typeof(ReleaseProposed),
        ["compliance.release-rejected"] = typeof(ReleaseRejected),
        ["compliance.release-voided"] = typeof(ReleaseVoided),
        ["compliance.permit-granted"] = typeof(PermitGranted),
        ["compliance.permit-revoked"] = typeof(PermitRevoked),
        ["compliance.amendment-published"] = typeof(AmendmentPublished),
        ["compliance.licence-changed"] = typeof(LicenceChanged),
    };

    private static readonly Dictionary<Type, string> Names = ByName.ToDictionary(entry => entry.Value, entry => entry.Key);

    /// <summary>Whether a type is an event.</summary>
    public static bool IsEvent(Type type) => Names.ContainsKey(type);

    /// <summary>The name of an event's type.</summary>
    /// <exception cref="ArgumentException">The type is no event.</exception>
    public static string NameOf(Type type) =>
        Names.TryGetValue(type, out var name) ? name : throw new ArgumentException($"{type} is no event of OrderTracking", nameof(type));

    /// <summary>The type of an event by its name.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static Type TypeOf(string name) =>
        ByName.TryGetValue(name, out var type) ? type : throw new ArgumentException($"'{name}' is no event of OrderTracking", nameof(name));
}
