using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Shipments;
using OrderTracking.OrderService.Timeline;

namespace OrderTracking.OrderService.Shipments;

/// <summary>Takes what the shipment service tells: keeps the newest snapshot and writes history.</summary>
internal sealed class TakeShipmentEvents(RecordEvent record) :
    IEventHandler<ShipmentPlanned>,
    IEventHandler<ShipmentRevised>,
    IEventHandler<ShipmentCancelled>,
    IEventHandler<ShipmentDispatched>,
    IEventHandler<ShipmentMilestoneRecorded>,
    IEventHandler<ShipmentReturned>
{
    public Task Handle(Tx tx, ShipmentPlanned @event, EventContext context) => Take(tx, @event.Shipment, DescribeShipment.Of(@event), context);

    public Task Handle(Tx tx, ShipmentRevised @event, EventContext context) => Take(tx, @event.Shipment, DescribeShipment.Of(@event), context);

    public Task Handle(Tx tx, ShipmentCancelled @event, EventContext context) => Take(tx, @event.Shipment, DescribeShipment.Of(@event), context);

    public Task Handle(Tx tx, ShipmentDispatched @event, EventContext context) => Take(tx, @event.Shipment, DescribeShipment.Of(@event), context);

    public Task Handle(Tx tx, ShipmentMilestoneRecorded @event, EventContext context) =>
        Take(tx, @event.Shipment, DescribeShipment.Of(@event), context);

    public Task Handle(Tx tx, ShipmentReturned @event, EventContext context) => Take(tx, @event.Shipment, DescribeShipment.Of(@event), context);

    private Task Take(Tx tx, ShipmentSnapshot snapshot, TimelineEvent happened, EventContext context) =>
        record.Shipment(tx, snapshot.ShipmentId, snapshot.OrderId, view => view.Take(snapshot), happened, context);
}
