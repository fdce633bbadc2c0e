using System.Collections.Concurrent;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Shipments.V1;
using ShipmentsApi = OrderTracking.Shipments.V1.ShipmentService;

namespace OrderTracking.OrderService.Tests.Service;

/// <summary>A shipment service that takes every change unless a test says otherwise.</summary>
internal sealed class FakeShipments : ShipmentsApi.ShipmentServiceBase
{
    public ConcurrentQueue<TakeOrderChangeRequest> Asked { get; } = new();

    /// <summary>What it does before it answers.</summary>
    public Func<TakeOrderChangeRequest, Task> Before { get; set; } = _ => Task.CompletedTask;

    public static Refusal Refused(string reason, StatusCode code) => new(new Reason(reason, code), "as the test wants it");

    public override async Task<TakeOrderChangeResponse> TakeOrderChange(TakeOrderChangeRequest request, ServerCallContext context)
    {
        Asked.Enqueue(request);
        await Before(request);
        return new TakeOrderChangeResponse { OrderRevision = request.Order.Revision };
    }
}
