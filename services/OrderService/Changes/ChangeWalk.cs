using System.Diagnostics;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Leasing;
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
    IHostApplicationLifetime lifetime,
    ILogger<ChangeWalk> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(OrderLimits.ChangeResumeSeconds);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(OrderLimits.ChangeAnswerSeconds);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Walks a change from the call to its answer.</summary>
    /// <param name="plan">Makes the new content out of the present order; null if the change changes nothing.</param>
    public async Task<V1.Order> Run(ChangeCall call, Func<Order, OrderContent?> plan, CancellationToken cancellation)
    {
        if (call.ValidateOnly)
            return await Preview(call, plan, cancellation);
        using var turn = await turns.Wait(call.OrderId, cancellation);
        var waiting = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var begun = await db.Write(tx => Begin(tx, call, plan), cancellation);
            if (begun.Answer is { } answer)
                return answer;
            if (begun.Lease is { } lease)
                return await Walk(begun.Change!, lease);
            // Another process walks this very change: its answer is this call's.
            if (TimeProvider.System.GetElapsedTime(waiting) > Patience)
                throw InProgress();
            await Task.Delay(LookAgain, TimeProvider.System, cancellation);
        }
    }

    /// <summary>Walks an order's kept change to its end, if no other process does. The caller has the order's turn.</summary>
    /// <returns>False where there is nothing to walk here.</returns>
    /// <exception cref="Refusal">SERVICE_UNREACHABLE: the change is kept.</exception>
    /// <exception cref="RpcException">The shipment service refused the change, which is forgotten.</exception>
    public async Task<bool> TryFinish(Guid orderId, CancellationToken cancellation)
    {
        var name = ChangeStore.LeaseOf(orderId);
        if (!await db.Read(tx => db.Leases.IsFree(tx, name), cancellation))
            return false;
        var (change, lease) = await db.Write(
            async tx => (await ChangeStore.Find(tx, orderId), await db.Leases.TryTake(tx, name)), cancellation);
        if (lease is null)
            return false;
        if (change is not null)
            await Walk(change, lease);
        else
            await db.Write(tx => Leases.Release(tx, lease), CancellationToken.None);
        return change is not null;
    }

    // While the lease lasts nobody else asks; once it is lost nothing more is written here, and who has it walks the change to its end.
    private async Task<V1.Order> Walk(OrderChange change, Lease lease)
    {
        try
        {
            return await LeaseHold.Run(db, lease, held => Finish(change, lease, held), logger, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            throw InProgress();
        }
        catch
        {
            // Not answered: whoever looks first asks again.
            await db.Write(tx => Leases.Release(tx, lease));
            throw;
        }
    }

    private async Task<V1.Order> Finish(OrderChange change, Lease lease, CancellationToken held)
    {
        while (true)
        {
            try
            {
                await Ask(change, validateOnly: false, held);
            }
            catch (RpcException error) when (ShipmentAnswers.Of(error) == ShipmentAnswer.RevisionSpent)
            {
                // An answer that was taken for a refusal had been an acceptance: the shipments follow a change this service forgot.
                // The next revision overrides it.
                change = change with { Revision = change.Revision + 1 };
                await Write(lease, tx => ChangeStore.SetRevision(tx, change.OrderId, change.Revision));
                continue;
            }
            catch (RpcException error) when (ShipmentAnswers.Of(error) == ShipmentAnswer.Refused)
            {
                await Write(lease, tx => Forget(tx, change, lease));
                throw;
            }

            return await db.Write(tx => Apply(tx, change, lease));
        }
    }

    private Task Write(Lease lease, Func<Tx, Task> work) => db.Write(async tx =>
    {
        await Leases.Require(tx, lease);
        await work(tx);
    });

    private static async Task Forget(Tx tx, OrderChange change, Lease lease)
    {
        await ChangeStore.Delete(tx, change.OrderId);
        await Leases.Release(tx, lease);
    }

    private async Task<V1.Order> Preview(ChangeCall call, Func<Order, OrderContent?> plan, CancellationToken cancellation)
    {
        var (answer, change, _) = await db.Write(tx => Begin(tx, call, plan), cancellation, validateOnly: true);
        if (answer is not null)
            return answer;
        await Ask(change!, validateOnly: true, cancellation);
        var order = await db.Read(tx => OrderStore.Get(tx, call.OrderId), cancellation);
        return OrderWire.Of(change!.ApplyTo(order, clock.GetUtcNow()));
    }

    private async Task<(V1.Order? Answer, OrderChange? Change, Lease? Lease)> Begin(Tx tx, ChangeCall call, Func<Order, OrderContent?> plan)
    {
        if (await Requests.Find<V1.Order>(tx, call.Method, call.RequestId, call.Actor, call.Request) is { } first)
            return (first, null, null);
        var order = await OrderStore.Get(tx, call.OrderId);
        if (await ChangeStore.Find(tx, call.OrderId) is { } kept)
            return (null, Continue(kept, call), await db.Leases.TryTake(tx, ChangeStore.LeaseOf(call.OrderId)));
        Etag.Require(call.Etag, order.Revision, options.EtagRequired);
        if (order.Cancelled)
            throw new Refusal(OrderReasons.OrderIsCancelled, "The order was cancelled and changes no more.");
        var now = clock.GetUtcNow();
        if (plan(order) is not { } content)
        {
            var unchanged = () => Task.FromResult(OrderWire.Of(order));
            return (await Requests.Once(tx, call.Method, call.RequestId, call.Actor, call.Request, now, unchanged), null, null);
        }

        var change = OrderChange.Of(call, order, content);
        await ChangeStore.Insert(tx, change, now);
        return (null, change, await TakeLease(tx, call.OrderId));
    }

    private static OrderChange Continue(OrderChange kept, ChangeCall call) =>
        kept.RequestId.Length > 0 && kept.RequestId == call.RequestId && kept.Actor.Subject == call.Actor.Subject && kept.Request.Equals(call.Request)
            ? kept
            : throw InProgress();

    // Nobody walks a change that was not there, so nobody can have it.
    private async Task<Lease> TakeLease(Tx tx, Guid orderId) =>
        await db.Leases.TryTake(tx, ChangeStore.LeaseOf(orderId)) ?? throw InProgress();

    private static Refusal InProgress() =>
        new(OrderReasons.OrderChangeInProgress, "Another change of the order has not been answered yet; repeat the call.")
        {
            RetryDelay = RetryDelay,
        };

    // Neither the caller's cancellation nor its deadline reaches this far: half a change is nobody's wish.
    private async Task Ask(OrderChange change, bool validateOnly, CancellationToken held)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(held, lifetime.ApplicationStopping);
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(OrderLimits.ChangeAnswerSeconds);
        try
        {
            await shipments.TakeOrderChangeAsync(change.Question(validateOnly), deadline: deadline, cancellationToken: stop.Token);
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled)
        {
            var outcome = validateOnly ? "Nothing was changed." : "The change is kept and will be finished; the same request_id learns how.";
            throw new Refusal(BuildingReasons.ServiceUnreachable, $"The shipment service did not answer. {outcome}") { RetryDelay = RetryDelay };
        }
    }

    private async Task<V1.Order> Apply(Tx tx, OrderChange change, Lease lease)
    {
        var now = clock.GetUtcNow();
        await Leases.Require(tx, lease);
        await Forget(tx, change, lease);
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
