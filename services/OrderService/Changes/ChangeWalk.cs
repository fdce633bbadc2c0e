using System.Diagnostics;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.OrderService.Orders;
using OrderTracking.OrderService.Timeline;
using ShipmentsApi = OrderTracking.Shipments.V1.ShipmentService;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Changes;

/// <summary>
/// Changes an order in three steps: keep the change, let the shipment service take or refuse it, apply or forget it. A change that
/// was kept is walked to its end whatever happens to the call or the process.
/// </summary>
internal sealed class ChangeWalk(
    OrdersDb db,
    ShipmentsApi.ShipmentServiceClient shipments,
    OrderTurns turns,
    OrderSignals signals,
    OrderOptions options,
    TimeProvider clock,
    IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(OrderLimits.ChangeResumeSeconds);

    /// <summary>Walks a change from the call to its answer.</summary>
    /// <param name="plan">Makes the new content out of the present order; null if the change changes nothing.</param>
    public async Task<V1.Order> Run(ChangeCall call, Func<Order, OrderContent?> plan, CancellationToken cancellation)
    {
        if (call.ValidateOnly)
            return await Preview(call, plan, cancellation);
        using var turn = await turns.Wait(call.OrderId, cancellation);
        var (answer, change) = await db.Write(tx => Begin(tx, call, plan), cancellation);
        return answer ?? await Finish(change!);
    }

    /// <summary>Walks a kept change to its end. The caller has the order's turn.</summary>
    /// <exception cref="Refusal">SERVICE_UNREACHABLE: the change is kept.</exception>
    /// <exception cref="RpcException">The shipment service refused the change, which is forgotten.</exception>
    public async Task<V1.Order> Finish(OrderChange change)
    {
        while (true)
        {
            try
            {
                await Ask(change, validateOnly: false);
            }
            catch (RpcException error) when (ShipmentAnswers.Of(error) == ShipmentAnswer.RevisionSpent)
            {
                // An answer that was taken for a refusal had been an acceptance: the shipments follow a change this service forgot.
                // The next revision overrides it.
                change = change with { Revision = change.Revision + 1 };
                await db.Write(tx => ChangeStore.SetRevision(tx, change.OrderId, change.Revision));
                continue;
            }
            catch (RpcException error) when (ShipmentAnswers.Of(error) == ShipmentAnswer.Refused)
            {
                await db.Write(tx => ChangeStore.Delete(tx, change.OrderId));
                throw;
            }

            return await db.Write(tx => Apply(tx, change));
        }
    }

    private async Task<V1.Order> Preview(ChangeCall call, Func<Order, OrderContent?> plan, CancellationToken cancellation)
    {
        var (answer, change) = await db.Write(tx => Begin(tx, call, plan), cancellation, validateOnly: true);
        if (answer is not null)
            return answer;
        await Ask(change!, validateOnly: true);
        var order = await db.Read(tx => OrderStore.Get(tx, call.OrderId), cancellation);
        return OrderWire.Of(change!.ApplyTo(order, clock.GetUtcNow()));
    }

    private async Task<(V1.Order? Answer, OrderChange? Change)> Begin(Tx tx, ChangeCall call, Func<Order, OrderContent?> plan)
    {
        if (await Requests.Find<V1.Order>(tx, call.Method, call.RequestId, call.Actor, call.Request) is { } first)
            return (first, null);
        var order = await OrderStore.Get(tx, call.OrderId);
        if (await ChangeStore.Find(tx, call.OrderId) is { } kept)
            return (null, Continue(kept, call));
        Etag.Require(call.Etag, order.Revision, options.EtagRequired);
        if (order.Cancelled)
            throw new Refusal(OrderReasons.OrderIsCancelled, "The order was cancelled and changes no more.");
        var now = clock.GetUtcNow();
        if (plan(order) is not { } content)
            return (await Requests.Once(tx, call.Method, call.RequestId, call.Actor, call.Request, now, () => Task.FromResult(OrderWire.Of(order))), null);
        var change = OrderChange.Of(call, order, content);
        await ChangeStore.Insert(tx, change, now);
        return (null, change);
    }

    private static OrderChange Continue(OrderChange kept, ChangeCall call) =>
        kept.RequestId.Length > 0 && kept.RequestId == call.RequestId && kept.Actor.Subject == call.Actor.Subject && kept.Request.Equals(call.Request)
            ? kept
            : throw new Refusal(OrderReasons.OrderChangeInProgress, "Another change of the order has not been answered yet; repeat the call.")
            {
                RetryDelay = RetryDelay,
            };

    // Neither the caller's cancellation nor its deadline reaches this far: half a change is nobody's wish.
    private async Task Ask(OrderChange change, bool validateOnly)
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(OrderLimits.ChangeAnswerSeconds);
        try
        {
            await shipments.TakeOrderChangeAsync(change.Question(validateOnly), deadline: deadline, cancellationToken: lifetime.ApplicationStopping);
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled)
        {
            var outcome = validateOnly ? "Nothing was changed." : "The change is kept and will be finished; the same request_id learns how.";
            throw new Refusal(BuildingReasons.ServiceUnreachable, $"The shipment service did not answer. {outcome}") { RetryDelay = RetryDelay };
        }
    }

    private async Task<V1.Order> Apply(Tx tx, OrderChange change)
    {
        var now = clock.GetUtcNow();
        await ChangeStore.Delete(tx, change.OrderId);
        try
        {
            return await Requests.Once(tx, change.Method, change.RequestId, change.Actor, change.Request, now, () => Store(tx, change, now));
        }
        catch (Refusal refusal) when (refusal.Reason == BuildingReasons.RequestIdReused)
        {
            // Another call took the request_id while this one walked. The shipments have followed: the change stands without it.
            return await Store(tx, change, now);
        }
    }

    private async Task<V1.Order> Store(Tx tx, OrderChange change, DateTimeOffset now)
    {
        await OrderStore.Touch(tx, change.OrderId, now);
        var before = await OrderStore.Get(tx, change.OrderId);
        var order = change.ApplyTo(before, now);
        var state = OrderState.NameOf(order.Units.State);
        await OrderStore.Change(tx, order, change.Actor.Subject, change.Reason);
        await OrderStore.SetState(tx, order.Id, state);
        var happened = await Tell(tx, change, before.Content, now);
        await TimelineStore.Append(tx, order.Id, happened, Activity.Current?.TraceId.ToString(), state, now);
        tx.AfterCommit(() => signals.Signal(order.Id));
        return OrderWire.Of(order);
    }

    private static async Task<TimelineEvent> Tell(Tx tx, OrderChange change, OrderContent before, DateTimeOffset now)
    {
        var eventId = Guid.CreateVersion7(now);
        if (change.Kind == ChangeKind.Cancel)
        {
            var cancelled = change.Cancelled(eventId, now);
            await Outbox.Add(tx, eventId, cancelled, now);
            return DescribeOrder.Of(cancelled);
        }

        var amended = change.Amended(eventId, now);
        await Outbox.Add(tx, eventId, amended, now);
        return DescribeOrder.Of(amended, DescribeChange.Of(before, change.Content));
    }
}
