using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Watching;

/// <summary>Streams changes: first the past after the token, then what comes. Every change once and in order.</summary>
internal sealed class WatchShipments(ShipmentsDb db, ChangeSignal signal, IHostApplicationLifetime lifetime)
{
    // Another process's changes are looked for every half second; this is for a wake that was lost.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async Task Handle(
        Api.WatchShipmentsRequest request, IServerStreamWriter<Api.WatchShipmentsResponse> responses, ServerCallContext context)
    {
        if (request.Order.Length > 0)
            WireName.Require(request.Order, "orders", "order");
        var place = ResumeToken.Read(request.ResumeToken, request.Order);
        // Told at once that the watch has begun: a caller must not wait for the first change to know that it is listening.
        await context.WriteResponseHeadersAsync([]);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            while (true)
            {
                var next = signal.Next;
                var changes = await db.Read(tx => ChangeLog.After(tx, request.Order, place), ended.Token);
                foreach (var change in changes)
                {
                    place = change.Seq;
                    // With the caller's token only: the server resets a stream whose write is cancelled, and the last word would be lost.
                    await responses.WriteAsync(ResponseOf(change, request.Order), context.CancellationToken);
                }

                if (changes.Count < ShipmentLimits.WatchBatchRowsMax)
                    await Task.WhenAny(next, Task.Delay(LookAgain, ended.Token)).WaitAsync(ended.Token);
                ended.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new Refusal(ShipmentReasons.ServiceStopping, "The service is being stopped; go on with the last resume_token.")
            {
                RetryDelay = RetryAfter,
            };
        }
    }

    private static Api.WatchShipmentsResponse ResponseOf(LoggedChange change, string orderName) => new()
    {
        Shipment = Api.Shipment.Parser.ParseFrom(change.Message),
        ResumeToken = ResumeToken.Write(orderName, change.Seq),
    };
}
