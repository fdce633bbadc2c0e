using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>Sends attempts to dispatch by who may not to the audit trail, which is the compliance service's.</summary>
internal sealed class RememberRefusedDispatch(ShipmentsDb db, TimeProvider clock) : IRefusedCalls
{
    public Task Remember(object? request, Refusal refusal, ServerCallContext context)
    {
        if (request is not Api.DispatchShipmentRequest { ValidateOnly: false } dispatch)
            return Task.CompletedTask;
        var (now, actor) = (clock.GetUtcNow(), context.Actor());
        var refused = new DispatchRefused(
            Guid.CreateVersion7(now),
            now,
            actor.Subject,
            [.. actor.Roles.Order(StringComparer.Ordinal)],
            refusal.Reason.Name,
            WireName.Parse(dispatch.Name, "shipments", "name", new Violations()));
        // Not cancelled with the call: whoever hangs up early is recorded too.
        return db.Write(tx => Outbox.Add(tx, refused.EventId, refused, now), CancellationToken.None);
    }
}
