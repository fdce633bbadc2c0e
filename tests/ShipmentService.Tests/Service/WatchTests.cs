using Grpc.Core;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Tests.Service;

public sealed class WatchTests : IAsyncLifetime
{
    private ShipmentsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ShipmentsHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_hundred_disconnects_lose_repeat_and_reorder_nothing()
    {
        const int ChangesMade = 400;
        var (order, shipments) = await _host.PlaceOrder(Given.Line(quantity: 10_000));
        await _host.PlaceOrder();
        var changing = Task.Run(async () =>
        {
            for (var change = 0; change < ChangesMade; change++)
                await _host.Caller.RescheduleShipmentAsync(new Api.RescheduleShipmentRequest
                {
                    Name = shipments[0].Name,
                    EstimatedDeliveryDate = WireDate.Of(Given.ShipDate.AddDays(1 + change)),
                    Reason = "later",
                });
        });
        var seen = new List<string>();
        var request = new Api.WatchShipmentsRequest { Order = $"orders/{order.OrderId}" };
        var disconnects = 0;
        while (seen.Count < ChangesMade + 1)
        {
            using var connection = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            using var watch = _host.Caller.WatchShipments(request, cancellationToken: connection.Token);
            // Each connection is cut after a few changes, wherever the stream happens to be.
            for (var taken = 0; taken < 1 + (disconnects % 6) && seen.Count < ChangesMade + 1; taken++)
            {
                Assert.True(await watch.ResponseStream.MoveNext());
                seen.Add(watch.ResponseStream.Current.Shipment.Etag);
                request.ResumeToken = watch.ResponseStream.Current.ResumeToken;
            }

            disconnects++;
        }

        await changing;
        Assert.True(disconnects >= 100, $"{disconnects} disconnects");
        Assert.Equal(Enumerable.Range(1, ChangesMade + 1).Select(sequence => $"\"{sequence}\""), seen);
    }

    [Fact]
    public async Task A_watch_of_everything_is_woken_by_commits()
    {
        using var watch = _host.Caller.WatchShipments(new Api.WatchShipmentsRequest());
        await watch.ResponseHeadersAsync;
        var next = watch.ResponseStream.MoveNext();
        var (_, shipments) = await _host.PlaceOrder();
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(4)));
        Assert.Equal(shipments[0], watch.ResponseStream.Current.Shipment);
    }

    [Fact]
    public async Task A_watch_tells_when_the_service_stops()
    {
        using var watch = _host.Caller.WatchShipments(new Api.WatchShipmentsRequest());
        await watch.ResponseHeadersAsync;
        var next = Calls.Refused(() => watch.ResponseStream.MoveNext());
        await _host.Stop();
        var refused = await next;
        Assert.Equal((StatusCode.Unavailable, "SERVICE_STOPPING"), (refused.Code, refused.Reason));
        Assert.True(refused.HasRetryInfo);
        await _host.StopProcess();
        await _host.Begin();
    }

    [Theory]
    [InlineData("orders/1", "", "NAME_INVALID")]
    [InlineData("", "nonsense!", "RESUME_TOKEN_INVALID")]
    [InlineData("", "MXxvcmRlcnMvMXwx", "RESUME_TOKEN_INVALID")]
    public async Task A_watch_that_cannot_be_resumed_is_refused(string order, string token, string reason)
    {
        using var watch = _host.Caller.WatchShipments(new Api.WatchShipmentsRequest { Order = order, ResumeToken = token });
        Assert.Equal(reason, (await Calls.Refused(() => watch.ResponseStream.MoveNext())).Reason);
    }
}
