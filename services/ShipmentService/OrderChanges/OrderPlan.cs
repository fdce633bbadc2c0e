using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Changes;
using OrderTracking.Contracts.Orders;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.OrderChanges;

/// <summary>How an order becomes shipments, and how its shipments follow it: whole or not at all.</summary>
internal static class OrderPlan
{
    private const string DefaultReason = "The order was changed.";

    /// <summary>The steps that make the shipments follow the order as it is now.</summary>
    /// <param name="known">What was taken of the order before; null for an order nobody has seen.</param>
    /// <param name="shipments">All its shipments.</param>
    /// <exception cref="Refusal">
    /// SHIPMENT_DISPATCHING where a shipment that would change is being dispatched; QUANTITY_ALREADY_SHIPPED.
    /// </exception>
    public static IReadOnlyList<ShipmentStep> Follow(
        PlannedOrder? known, IReadOnlyList<Shipment> shipments, OrderSnapshot order, string? reason, Stamp stamp)
    {
        var terms = new ShipmentTerms(
            order.Exporter,
            order.Parties,
            order.DestinationCountry,
            order.PlaceOfExportCountry,
            order.PlaceOfExportTimeZone,
            order.Movement);
        var change = new LineChange(order, terms, reason ?? DefaultReason, stamp);
        var numbers = order.Lines.Select(line => line.Number).ToHashSet();
        var byLine = shipments.Where(shipment => shipment.State != ShipmentState.Cancelled).ToLookup(shipment => shipment.LineNumber);
        var steps = new List<ShipmentStep>();
        foreach (var line in order.Lines)
            steps.AddRange(change.Follow(line, known?.Quantities.GetValueOrDefault(line.Number) ?? 0, [.. byLine[line.Number]]));
        foreach (var removed in byLine.Where(group => !numbers.Contains(group.Key)))
            steps.AddRange(change.Remove(removed.Key, [.. removed]));
        return steps;
    }

    /// <summary>The steps that cancel whatever of an order has not left.</summary>
    /// <exception cref="Refusal">SHIPMENT_DISPATCHING where one is being dispatched.</exception>
    public static IReadOnlyList<ShipmentStep> CancelAll(IReadOnlyList<Shipment> shipments, string reason, Stamp stamp)
    {
        if (shipments.FirstOrDefault(shipment => shipment.State == ShipmentState.Dispatching) is { } dispatching)
            throw ShipmentGuards.Dispatching(dispatching);
        return [.. shipments.Where(shipment => shipment.IsOpen).Select(shipment => CancelShipment.Cancel(shipment, reason, stamp))];
    }

    /// <summary>Refuses to cancel an order of which everything has left.</summary>
    public static void RequireSomethingToCancel(Guid orderId, IReadOnlyList<Shipment> shipments)
    {
        var live = shipments.Where(shipment => shipment.State != ShipmentState.Cancelled).ToList();
        if (live.Count == 0 || live.Exists(shipment => !shipment.IsGone))
            return;
        throw new Refusal(ShipmentReasons.NothingLeftToCancel, $"{WireName.Of("orders", orderId)} cannot be cancelled: all of it has left.")
        {
            Metadata = new Dictionary<string, string>
            {
                ["order"] = WireName.Of("orders", orderId),
                ["quantity_shipped"] = live.Sum(shipment => shipment.Quantity).ToString(CultureInfo.InvariantCulture),
            },
        };
    }
}
