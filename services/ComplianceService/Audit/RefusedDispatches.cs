using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>Takes attempts to dispatch, and to get a permit, by who may not into the trail.</summary>
internal sealed class RefusedDispatches(ComplianceDb db, TimeProvider clock) : IEventHandler<DispatchRefused>, IRefusedCalls
{
    private const string Dispatch = "shipments.dispatch";
    private const string Authorize = "shipments.authorize_dispatch";

    // Of a name that could not be read nothing is kept but that.
    private const string Unreadable = "shipments/-";

    public Task Handle(Tx tx, DispatchRefused @event, EventContext context) => Record(
        tx, @event.Actor, Dispatch, @event.ShipmentId, @event.Reason, $"roles {string.Join(',', @event.Roles)}; tried {@event.EventTime:O}");

    public Task Remember(object? request, Refusal refusal, ServerCallContext context)
    {
        if (request is not V1.AuthorizeDispatchRequest { ValidateOnly: false } asked)
            return Task.CompletedTask;
        var actor = context.Actor();
        var shipment = WireName.Parse(asked.Shipment, Names.Shipments, "shipment", new Violations());
        var roles = string.Join(',', actor.Roles.Order(StringComparer.Ordinal));
        // Not cancelled with the call: whoever hangs up early is recorded too.
        return db.Write(tx => Record(tx, actor.Subject, Authorize, shipment, refusal.Reason.Name, $"roles {roles}"), CancellationToken.None);
    }

    private Task Record(Tx tx, string actor, string action, Guid? shipment, string reason, string detail)
    {
        if (shipment is { } tried)
            Spans.Tag(SpanKeys.Shipment, tried);
        return AuditLog.Record(tx, actor, action, shipment is { } id ? Names.Shipment(id) : Unreadable, reason, detail, clock.GetUtcNow());
    }
}
