using Grpc.Core;
using OrderTracking.ShipmentService.Changes;
using OrderTracking.ShipmentService.Dispatches;
using OrderTracking.ShipmentService.Milestones;
using OrderTracking.ShipmentService.OrderChanges;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.ShipmentService.Stuck;
using OrderTracking.ShipmentService.Watching;
using OrderTracking.Shipments.V1;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService;

/// <summary>The calls of the shipment service, one handler each.</summary>
internal sealed class ShipmentsGrpcService(
    GetShipment get,
    ListShipments list,
    ListStuckShipments listStuck,
    SplitShipment split,
    RescheduleShipment reschedule,
    CancelShipment cancel,
    DispatchShipment dispatch,
    RecordMilestone record,
    ReturnShipment @return,
    WatchShipments watch,
    TakeOrderChange take) : Api.ShipmentService.ShipmentServiceBase
{
    public override Task<Api.Shipment> GetShipment(GetShipmentRequest request, ServerCallContext context) => get.Handle(request, context);

    public override Task<ListShipmentsResponse> ListShipments(
        ListShipmentsRequest request, ServerCallContext context) => list.Handle(request, context);

    public override Task<ListStuckShipmentsResponse> ListStuckShipments(
        ListStuckShipmentsRequest request, ServerCallContext context) => listStuck.Handle(request, context);

    public override Task<SplitShipmentResponse> SplitShipment(
        SplitShipmentRequest request, ServerCallContext context) => split.Handle(request, context);

    public override Task<Api.Shipment> RescheduleShipment(RescheduleShipmentRequest request, ServerCallContext context) =>
        reschedule.Handle(request, context);

    public override Task<Api.Shipment> CancelShipment(
        CancelShipmentRequest request, ServerCallContext context) => cancel.Handle(request, context);

    public override Task<Api.Shipment> DispatchShipment(
        DispatchShipmentRequest request, ServerCallContext context) => dispatch.Handle(request, context);

    public override Task<Api.Shipment> RecordMilestone(
        RecordMilestoneRequest request, ServerCallContext context) => record.Handle(request, context);

    public override Task<Api.Shipment> ReturnShipment(
        ReturnShipmentRequest request, ServerCallContext context) => @return.Handle(request, context);

    public override Task WatchShipments(
        WatchShipmentsRequest request, IServerStreamWriter<WatchShipmentsResponse> responseStream, ServerCallContext context) =>
        watch.Handle(request, responseStream, context);

    public override Task<TakeOrderChangeResponse> TakeOrderChange(TakeOrderChangeRequest request, ServerCallContext context) =>
        take.Handle(request, context);
}
