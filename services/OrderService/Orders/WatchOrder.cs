using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.OrderService.Timeline;
using OrderTracking.Wire;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Orders;

/// <summary>Streams an order's history, then what comes, each entry once and in the order of recording.</summary>
internal sealed class WatchOrder(OrdersDb db, OrderSignals signals, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(OrderLimits.WatchPollSeconds);

    public async Task Handle(V1.WatchOrderRequest request, IServerStreamWriter<V1.WatchOrderResponse> responses, CancellationToken cancellation)
    {
        var orderId = WireName.Require(request.Name, OrderWire.Collection);
        var last = ResumeToken.Parse(request.ResumeToken, orderId);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        // Subscribed before the first read: a commit between a read and the wait after it ends that wait at once.
        using var subscription = signals.Subscribe(orderId);
        await db.Read(tx => OrderStore.Get(tx, orderId), cancellation);
        try
        {
            while (true)
            {
                last = await SendAfter(orderId, last, responses, cancellation, ended.Token);
                await subscription.Wait(Poll, ended.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new Refusal(OrderReasons.ServerStopping, "The server is stopping. Watch again with the last resume token.")
            {
                RetryDelay = Poll,
            };
        }
    }

    private async Task<long> SendAfter(
        Guid orderId,
        long last,
        IServerStreamWriter<V1.WatchOrderResponse> responses,
        CancellationToken cancellation,
        CancellationToken ended)
    {
        while (true)
        {
            var after = last;
            var rows = await db.Read(tx => TimelineStore.After(tx, orderId, after, OrderLimits.WatchBatchEntriesMax), ended);
            foreach (var row in rows)
            {
                last = row.Number;
                var response = new V1.WatchOrderResponse
                {
                    Entry = OrderWire.Of(row),
                    State = OrderState.Of(row.OrderState),
                    ResumeToken = ResumeToken.Of(orderId, last),
                };
                // With the caller's token only: the server resets a stream whose write is cancelled, and the last word would be lost.
                await responses.WriteAsync(response, cancellation);
                ended.ThrowIfCancellationRequested();
            }

            if (rows.Count < OrderLimits.WatchBatchEntriesMax)
                return last;
        }
    }
}
