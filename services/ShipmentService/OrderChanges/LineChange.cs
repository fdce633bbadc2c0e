using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Changes;
using OrderTracking.Contracts.Orders;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.OrderChanges;

/// <summary>How the shipments of one line follow a change of their order.</summary>
internal sealed class LineChange(OrderSnapshot order, ShipmentTerms terms, string reason, Stamp stamp)
{
    private const string Change = "AMENDED";

    /// <param name="orderedBefore">Units of the line before; 0 for a new line.</param>
    /// <param name="shipments">The line's shipments that are not cancelled.</param>
    public IEnumerable<ShipmentStep> Follow(OrderLineSnapshot line, long orderedBefore, IReadOnlyList<Shipment> shipments)
    {
        var cuts = CutsOf(line.Number, shipments, line.Quantity);
        foreach (var shipment in shipments)
        {
            var cut = cuts.GetValueOrDefault(shipment.Id);
            if (cut == shipment.Quantity)
                yield return CancelShipment.Cancel(shipment, reason, stamp);
            else if (Amend(shipment, line, cut) is { } amended)
                yield return amended;
        }

        if (line.Quantity > orderedBefore)
            yield return Plan(line, line.Quantity - orderedBefore);
    }

    /// <summary>Cancels what is left of a line the order has no more.</summary>
    public IEnumerable<ShipmentStep> Remove(int number, IReadOnlyList<Shipment> shipments)
    {
        var cuts = CutsOf(number, shipments, 0);
        return shipments
            .Where(shipment => cuts.ContainsKey(shipment.Id))
            .Select(shipment => CancelShipment.Cancel(shipment, reason, stamp));
    }

    private ShipmentStep Plan(OrderLineSnapshot line, long quantity)
    {
        var shipment = new Shipment
        {
            Id = Guid.CreateVersion7(stamp.Now),
            Sequence = 1,
            Revision = 1,
            State = ShipmentState.Planned,
            OrderId = order.OrderId,
            LineNumber = line.Number,
            OrderRevision = order.Revision,
            Item = line.Item,
            Quantity = quantity,
            UnitPrice = line.UnitPrice,
            Terms = terms,
            RequestedShipDate = line.RequestedShipDate,
            PlannedShipDate = line.RequestedShipDate,
            CreateTime = stamp.Now,
            UpdateTime = stamp.Now,
        };
        return new ShipmentStep(null, shipment, new ShipmentNews.Planned(), stamp);
    }

    // What is gone left under the facts it had; what is being dispatched must not change under the question for its permit.
    private ShipmentStep? Amend(Shipment shipment, OrderLineSnapshot line, long cut)
    {
        if (shipment.IsGone || (cut == 0 && !Changes(shipment, line)))
            return null;
        if (shipment.State == ShipmentState.Dispatching)
            throw ShipmentGuards.Dispatching(shipment);
        var follows = shipment.PlannedShipDate == shipment.RequestedShipDate;
        var plannedShipDate = follows ? line.RequestedShipDate : shipment.PlannedShipDate;
        var amended = shipment with
        {
            OrderRevision = order.Revision,
            Item = line.Item,
            Quantity = shipment.Quantity - cut,
            UnitPrice = line.UnitPrice,
            Terms = terms,
        };
        if (cut > 0 || ChangesFacts(shipment, line) || plannedShipDate != shipment.PlannedShipDate)
            amended = amended.WithNewRevision();
        amended = amended
            .WithDate(DateKind.RequestedShip, line.RequestedShipDate, reason, stamp.Actor, stamp.Now)
            .WithDate(DateKind.PlannedShip, plannedShipDate, reason, stamp.Actor, stamp.Now);
        return ShipmentStep.Of(shipment, amended, new ShipmentNews.Revised(Change, reason), stamp);
    }

    private bool Changes(Shipment shipment, OrderLineSnapshot line) =>
        ChangesFacts(shipment, line) || shipment.RequestedShipDate != line.RequestedShipDate;

    private bool ChangesFacts(Shipment shipment, OrderLineSnapshot line) =>
        shipment.Item != line.Item || shipment.UnitPrice != line.UnitPrice || !shipment.Terms.Equals(terms);

    /// <summary>What is cut from which shipment so that no more is left than ordered: from the latest planned first.</summary>
    private static Dictionary<Guid, long> CutsOf(int number, IReadOnlyList<Shipment> shipments, long ordered)
    {
        var cuts = new Dictionary<Guid, long>();
        var excess = shipments.Sum(shipment => shipment.Quantity) - ordered;
        var open = shipments
            .Where(shipment => shipment.IsOpen)
            .OrderByDescending(shipment => shipment.PlannedShipDate)
            .ThenByDescending(shipment => shipment.CreateTime)
            .ThenByDescending(shipment => shipment.Id);
        foreach (var shipment in open.TakeWhile(_ => excess > 0))
        {
            cuts[shipment.Id] = Math.Min(excess, shipment.Quantity);
            excess -= cuts[shipment.Id];
        }

        if (excess > 0)
            throw CannotCut(number, shipments, ordered);
        return cuts;
    }

    private static Refusal CannotCut(int number, IReadOnlyList<Shipment> shipments, long ordered)
    {
        var gone = shipments.Where(shipment => shipment.IsGone).Sum(shipment => shipment.Quantity);
        // Not more than ordered has left yet: what is being dispatched may still come back to where it can be cut.
        if (gone <= ordered && shipments.FirstOrDefault(shipment => shipment.State == ShipmentState.Dispatching) is { } dispatching)
            return ShipmentGuards.Dispatching(dispatching);
        return new Refusal(ShipmentReasons.QuantityAlreadyShipped, $"Line {number} cannot have {ordered} units: {gone} have left.")
        {
            Metadata = new Dictionary<string, string>
            {
                ["line_number"] = number.ToString(CultureInfo.InvariantCulture),
                ["quantity_ordered"] = ordered.ToString(CultureInfo.InvariantCulture),
                ["quantity_shipped"] = gone.ToString(CultureInfo.InvariantCulture),
            },
            PreconditionViolations =
            [
                new PreconditionViolation(
                    ShipmentReasons.QuantityAlreadyShipped.Name,
                    WireName.Of("orders", shipments[0].OrderId) + $"/lines/{number}",
                    $"{gone} units have left, more than the {ordered} that would be ordered."),
            ],
        };
    }
}
