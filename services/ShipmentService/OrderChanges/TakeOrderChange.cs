using System.Globalization;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts.Orders;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.OrderChanges;

/// <summary>
/// Takes a change of an order whole or refuses it whole, before the order service changes the order. This transaction is what
/// decides an amendment against a dispatch. Repeated for the same order and revision it answers alike.
/// </summary>
internal sealed class TakeOrderChange(ShipmentsDb db, FollowOrder follow, TimeProvider clock)
{
    public async Task<Api.TakeOrderChangeResponse> Handle(Api.TakeOrderChangeRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        var actor = WireText.ParseOptional(request.RequestedBy, "requested_by", Limits.NameCharactersMax, violations)
            ?? context.Actor().Subject;
        var reason = WireText.ParseOptional(request.Reason, "reason", Limits.ReasonCharactersMax, violations);
        var order = OrderMapping.Parse(request.Order, request.Cancel, violations);
        violations.ThrowIfAny();
        var digest = request.Cancel ? FollowOrder.CancelDigest : FollowOrder.DigestOf(order!);
        await db.Write(
            async tx =>
            {
                var known = await PlannedOrderStore.Find(tx, order!.OrderId);
                if (IsTaken(known, order, digest))
                    return;
                var stamp = new Stamp(clock.GetUtcNow(), actor);
                if (request.Cancel)
                    await Cancel(tx, known, order, reason ?? FollowOrder.CancelReason, stamp);
                else
                    await follow.Take(tx, known, order, reason, stamp);
            },
            context.CancellationToken,
            request.ValidateOnly);
        return new Api.TakeOrderChangeResponse { OrderRevision = order!.Revision };
    }

    private async Task Cancel(Tx tx, PlannedOrder? known, OrderSnapshot order, string reason, Stamp stamp)
    {
        var shipments = await FollowOrder.ShipmentsOf(tx, known, order.OrderId);
        OrderPlan.RequireSomethingToCancel(order.OrderId, shipments);
        await follow.Cancel(tx, known, order.OrderId, order.Revision, shipments, reason, stamp);
    }

    private static bool IsTaken(PlannedOrder? known, OrderSnapshot order, string digest)
    {
        if (known is null || known.Revision < order.Revision)
            return false;
        if (known.Revision == order.Revision && known.Digest == digest)
            return true;
        var reason = known.Revision == order.Revision ? ShipmentReasons.OrderRevisionTaken : ShipmentReasons.OrderRevisionSuperseded;
        throw new Refusal(
            reason,
            $"Shipments follow revision {known.Revision} already; revision {order.Revision} with this content cannot be taken.")
        {
            Metadata = new Dictionary<string, string>
            {
                ["order"] = WireName.Of("orders", order.OrderId),
                ["given_revision"] = order.Revision.ToString(CultureInfo.InvariantCulture),
                ["taken_revision"] = known.Revision.ToString(CultureInfo.InvariantCulture),
            },
        };
    }
}
