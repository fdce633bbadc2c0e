using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Milestones;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;
using Kind = OrderTracking.Shipments.V1.DateChange.Types.Kind;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>Shipments as callers see them.</summary>
internal static class ShipmentMapping
{
    public static Api.Shipment Of(Shipment shipment)
    {
        var message = new Api.Shipment
        {
            Name = WireName.Of("shipments", shipment.Id),
            Uid = shipment.Id.ToString("D"),
            CreateTime = Timestamp.FromDateTimeOffset(shipment.CreateTime),
            UpdateTime = Timestamp.FromDateTimeOffset(shipment.UpdateTime),
            Etag = Etag.Of(shipment.Sequence),
            State = Of(shipment.State),
            Revision = shipment.Revision,
            Order = WireName.Of("orders", shipment.OrderId),
            LineNumber = shipment.LineNumber,
            OrderRevision = shipment.OrderRevision,
            Carrier = shipment.Carrier ?? "",
            TrackingNumber = shipment.TrackingNumber ?? "",
            Permit = shipment.PermitId is { } permit ? WireName.Of("permits", permit) : "",
            Decision = shipment.DecisionId is { } decision ? WireName.Of("decisions", decision) : "",
            Overdue = shipment.Overdue,
            Reasons = { shipment.Reasons },
        };
        AddFacts(message, shipment);
        AddDates(message, shipment);
        message.Milestones.Add(shipment.Milestones
            .OrderBy(milestone => milestone.EventTime)
            .ThenBy(milestone => milestone.Number)
            .Select(MilestoneMapping.Of));
        return message;
    }

    private static void AddFacts(Api.Shipment message, Shipment shipment)
    {
        message.Item = WireItem.Of(shipment.Item);
        message.Quantity = shipment.Quantity;
        message.Value = WireMoney.Of(shipment.Value);
        message.Exporter = shipment.Terms.Exporter;
        message.Parties.Add(shipment.Terms.Parties.Select(WireParty.Of));
        message.DestinationCountry = shipment.Terms.DestinationCountry;
        message.PlaceOfExport = WirePlace.Of(shipment.Terms.PlaceOfExportCountry, shipment.Terms.PlaceOfExportTimeZone);
        message.Movement = WireMovement.Of(shipment.Terms.Movement);
    }

    private static void AddDates(Api.Shipment message, Shipment shipment)
    {
        message.RequestedShipDate = WireDate.Of(shipment.RequestedShipDate);
        message.PlannedShipDate = WireDate.Of(shipment.PlannedShipDate);
        message.PromisedDeliveryDate = WireDate.Of(shipment.PromisedDeliveryDate);
        message.EstimatedDeliveryDate = WireDate.Of(shipment.EstimatedDeliveryDate);
        message.ActualShipDate = WireDate.Of(shipment.ActualShipDate);
        message.ActualDeliveryDate = WireDate.Of(shipment.ActualDeliveryDate);
        message.DateHistory.Add(shipment.DateHistory.Select(change => new Api.DateChange
        {
            Kind = Of(change.Kind),
            OldDate = WireDate.Of(change.OldDate),
            NewDate = WireDate.Of(change.NewDate),
            Reason = change.Reason,
            Source = change.Source,
            RecordTime = Timestamp.FromDateTimeOffset(change.RecordTime),
        }));
    }

    public static State Of(ShipmentState state) => state switch
    {
        ShipmentState.Planned => State.Planned,
        ShipmentState.Held => State.Held,
        ShipmentState.Blocked => State.Blocked,
        ShipmentState.Ready => State.Ready,
        ShipmentState.Dispatching => State.Dispatching,
        ShipmentState.Dispatched => State.Dispatched,
        ShipmentState.Recalled => State.Recalled,
        ShipmentState.InTransit => State.InTransit,
        ShipmentState.Delivered => State.Delivered,
        ShipmentState.Returned => State.Returned,
        _ => State.Cancelled,
    };

    private static Kind Of(DateKind kind) => kind switch
    {
        DateKind.RequestedShip => Kind.RequestedShip,
        DateKind.PlannedShip => Kind.PlannedShip,
        DateKind.PromisedDelivery => Kind.PromisedDelivery,
        DateKind.EstimatedDelivery => Kind.EstimatedDelivery,
        DateKind.ActualShip => Kind.ActualShip,
        _ => Kind.ActualDelivery,
    };
}
