using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.Contracts.Compliance;
using OrderTracking.OrderService.Timeline;
using OrderTracking.Wire;

namespace OrderTracking.OrderService.Shipments;

/// <summary>Takes what compliance tells: screenings move shipments, holds and permits are history.</summary>
internal sealed class TakeComplianceEvents(RecordEvent record) :
    IEventHandler<ShipmentScreened>,
    IEventHandler<HoldOpened>,
    IEventHandler<HoldSettled>,
    IEventHandler<HoldVoided>,
    IEventHandler<ReleaseProposed>,
    IEventHandler<ReleaseRejected>,
    IEventHandler<ReleaseVoided>,
    IEventHandler<PermitGranted>,
    IEventHandler<PermitRevoked>
{
    public Task Handle(Tx tx, ShipmentScreened @event, EventContext context)
    {
        Spans.Tag(SpanKeys.Decision, @event.DecisionId);
        return record.Shipment(tx, @event.ShipmentId, @event.OrderId, view => view.Take(@event), DescribeCompliance.Of(@event), context);
    }

    public Task Handle(Tx tx, HoldOpened @event, EventContext context) =>
        OfHold(tx, @event.HoldId, @event.ShipmentId, @event.OrderId, DescribeCompliance.Of(@event), context);

    public Task Handle(Tx tx, HoldSettled @event, EventContext context) =>
        OfHold(tx, @event.HoldId, @event.ShipmentId, @event.OrderId, DescribeCompliance.Of(@event), context);

    public Task Handle(Tx tx, HoldVoided @event, EventContext context) =>
        OfHold(tx, @event.HoldId, @event.ShipmentId, @event.OrderId, DescribeCompliance.Of(@event), context);

    public Task Handle(Tx tx, ReleaseProposed @event, EventContext context) =>
        OfHold(tx, @event.HoldId, @event.ShipmentId, @event.OrderId, DescribeRelease.Of(@event), context);

    public Task Handle(Tx tx, ReleaseRejected @event, EventContext context) =>
        OfHold(tx, @event.HoldId, @event.ShipmentId, @event.OrderId, DescribeRelease.Of(@event), context);

    public Task Handle(Tx tx, ReleaseVoided @event, EventContext context) =>
        OfHold(tx, @event.HoldId, @event.ShipmentId, @event.OrderId, DescribeRelease.Of(@event), context);

    public Task Handle(Tx tx, PermitGranted @event, EventContext context) =>
        OfShipment(tx, @event.ShipmentId, @event.OrderId, DescribeCompliance.Of(@event), context);

    public Task Handle(Tx tx, PermitRevoked @event, EventContext context) =>
        OfShipment(tx, @event.ShipmentId, @event.OrderId, DescribeCompliance.Of(@event), context);

    private Task OfHold(Tx tx, Guid holdId, Guid shipmentId, Guid orderId, TimelineEvent happened, EventContext context)
    {
        Spans.Tag(SpanKeys.Hold, holdId);
        return OfShipment(tx, shipmentId, orderId, happened, context);
    }

    private Task OfShipment(Tx tx, Guid shipmentId, Guid orderId, TimelineEvent happened, EventContext context)
    {
        Spans.Tag(SpanKeys.Shipment, shipmentId);
        return record.History(tx, orderId, happened, context);
    }
}
