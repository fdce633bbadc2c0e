using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Changes;

/// <summary>The dates a caller wants to move; null ones stay.</summary>
internal sealed record NewDates(DateOnly? PlannedShipDate, DateOnly? PromisedDeliveryDate, DateOnly? EstimatedDeliveryDate);

/// <summary>Moves a shipment's dates. Moving the ship date decides again.</summary>
internal sealed class RescheduleShipment(ChangeShipment change)
{
    private const string Change = "RESCHEDULED";

    public Task<Api.Shipment> Handle(Api.RescheduleShipmentRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        var id = ChangeShipment.ParseName(request.Name, violations);
        var dates = new NewDates(
            WireDate.ParseOptional(request.PlannedShipDate, "planned_ship_date", violations),
            WireDate.ParseOptional(request.PromisedDeliveryDate, "promised_delivery_date", violations),
            WireDate.ParseOptional(request.EstimatedDeliveryDate, "estimated_delivery_date", violations));
        if (request.PlannedShipDate is null && request.PromisedDeliveryDate is null && request.EstimatedDeliveryDate is null)
            violations.Add(
                "planned_ship_date",
                ShipmentReasons.DatesMissing,
                null,
                "at least one of planned_ship_date, promised_delivery_date, estimated_delivery_date");
        var reason = ChangeShipment.ParseReason(request.Reason, violations);
        var source = WireText.ParseOptional(request.Source, "source", ShipmentLimits.SourceCharactersMax, violations)
            ?? context.Actor().Subject;
        violations.ThrowIfAny();
        return change.Run(
            new ShipmentCall(request, id, request.Etag, request.RequestId, request.ValidateOnly, context),
            (shipment, stamp) =>
            {
                ChangeShipment.RequireNotPast(shipment, dates.PlannedShipDate, stamp.Now);
                return Reschedule(shipment, dates, reason, source, stamp);
            },
            (shipment, _) => ShipmentMapping.Of(shipment));
    }

    /// <summary>The shipment with its dates moved; no step where every date is what it was.</summary>
    /// <exception cref="Refusal">The ship date of what is frozen or gone, or any date of what is over.</exception>
    public static IReadOnlyList<ShipmentStep> Reschedule(Shipment shipment, NewDates dates, string reason, string source, Stamp stamp)
    {
        if (dates.PlannedShipDate is not null || !shipment.IsGone)
            ShipmentGuards.RequireOpen(shipment);
        else
            ShipmentGuards.RequireAway(shipment);
        var moved = shipment;
        if (dates.PlannedShipDate is { } planned && planned != shipment.PlannedShipDate)
            moved = moved.WithNewRevision().WithDate(DateKind.PlannedShip, planned, reason, source, stamp.Now);
        if (dates.PromisedDeliveryDate is { } promised)
            moved = moved.WithDate(DateKind.PromisedDelivery, promised, reason, source, stamp.Now);
        if (dates.EstimatedDeliveryDate is { } estimated)
            moved = moved.WithDate(DateKind.EstimatedDelivery, estimated, reason, source, stamp.Now);
        if (moved.DateHistory.Count > ShipmentLimits.DateChangesMax)
            throw new Refusal(
                ShipmentReasons.DateChangesTooMany, $"The dates of a shipment are changed at most {ShipmentLimits.DateChangesMax} times.");
        return moved == shipment ? [] : [ShipmentStep.Of(shipment, moved, new ShipmentNews.Revised(Change, reason), stamp)];
    }
}
