using System.Globalization;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Changes;

/// <summary>Takes units out of a shipment into a new one. Together they are what the one was.</summary>
internal sealed class SplitShipment(ChangeShipment change)
{
    private const string Change = "SPLIT";

    public Task<Api.SplitShipmentResponse> Handle(Api.SplitShipmentRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        var id = ChangeShipment.ParseName(request.Name, violations);
        var quantity = WireNumber.ParseQuantity(request.Quantity, "quantity", violations) ?? 0;
        var date = WireDate.ParseOptional(request.PlannedShipDate, "planned_ship_date", violations);
        var reason = ChangeShipment.ParseReason(request.Reason, violations);
        violations.ThrowIfAny();
        return change.Run(
            new ShipmentCall(request, id, request.Etag, request.RequestId, request.ValidateOnly, context),
            (shipment, stamp) =>
            {
                ChangeShipment.RequireNotPast(shipment, date, stamp.Now);
                return Split(shipment, quantity, date, Guid.CreateVersion7(stamp.Now), reason, stamp);
            },
            (_, steps) => new Api.SplitShipmentResponse
            {
                Shipment = ShipmentMapping.Of(steps[0].After),
                NewShipment = ShipmentMapping.Of(steps[1].After),
            });
    }

    /// <summary>The shipment with what is left, and the new one.</summary>
    /// <exception cref="Refusal">Its facts are frozen, or not one unit would be left.</exception>
    public static IReadOnlyList<ShipmentStep> Split(
        Shipment shipment, long quantity, DateOnly? plannedShipDate, Guid newId, string reason, Stamp stamp)
    {
        ShipmentGuards.RequireOpen(shipment);
        if (quantity >= shipment.Quantity)
            throw TooLarge(shipment, quantity);
        var left = shipment.WithNewRevision() with { Quantity = shipment.Quantity - quantity };
        var taken = shipment with
        {
            Id = newId,
            Sequence = 1,
            Revision = 1,
            State = ShipmentState.Planned,
            Quantity = quantity,
            Overdue = false,
            ScreeningNumber = 0,
            Standing = null,
            DecisionId = null,
            Reasons = [],
            CreateTime = stamp.Now,
            UpdateTime = stamp.Now,
            DateHistory = [],
            Milestones = [],
        };
        if (plannedShipDate is { } date)
            taken = taken.WithDate(DateKind.PlannedShip, date, reason, stamp.Actor, stamp.Now);
        return
        [
            ShipmentStep.Of(shipment, left, new ShipmentNews.Revised(Change, reason), stamp),
            new ShipmentStep(null, taken, new ShipmentNews.Planned(), stamp),
        ];
    }

    private static Refusal TooLarge(Shipment shipment, long quantity) => new(
        ShipmentReasons.SplitQuantityTooLarge,
        $"{quantity} units cannot be taken out of {shipment.Quantity}: at least one must be left.")
    {
        Metadata = new Dictionary<string, string>
        {
            ["quantity"] = quantity.ToString(CultureInfo.InvariantCulture),
            ["shipment_quantity"] = shipment.Quantity.ToString(CultureInfo.InvariantCulture),
        },
    };
}
