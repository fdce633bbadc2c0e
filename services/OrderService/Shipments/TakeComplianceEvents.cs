using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Compliance;
using OrderTracking.OrderService.Timeline;

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
    public Task Handle(Tx tx, ShipmentScreened @event, EventContext context) => record.Shipment(
        tx, @event.ShipmentId, @event.OrderId, view => view.Take(@event), DescribeCompliance.Of(@event), context);

    public Task Handle(Tx tx, HoldOpened @event, EventContext context) => record.History(tx, @event.OrderId, DescribeCompliance.Of(@event), context);

    public Task Handle(Tx tx, HoldSettled @event, EventContext context) => record.History(tx, @event.OrderId, DescribeCompliance.Of(@event), context);

    public Task Handle(Tx tx, HoldVoided @event, EventContext context) => record.History(tx, @event.OrderId, DescribeCompliance.Of(@event), context);

    public Task Handle(Tx tx, ReleaseProposed @event, EventContext context) => record.History(tx, @event.OrderId, DescribeRelease.Of(@event), context);

    public Task Handle(Tx tx, ReleaseRejected @event, EventContext context) => record.History(tx, @event.OrderId, DescribeRelease.Of(@event), context);

    public Task Handle(Tx tx, ReleaseVoided @event, EventContext context) => record.History(tx, @event.OrderId, DescribeRelease.Of(@event), context);

    public Task Handle(Tx tx, PermitGranted @event, EventContext context) => record.History(tx, @event.OrderId, DescribeCompliance.Of(@event), context);

    public Task Handle(Tx tx, PermitRevoked @event, EventContext context) => record.History(tx, @event.OrderId, DescribeCompliance.Of(@event), context);
}
