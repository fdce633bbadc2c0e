using Grpc.Core;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.OrderService.Tests.Service;

public sealed class WatchOrderTests : IAsyncLifetime
{
    private OrderHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await OrderHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_watcher_sees_the_past_and_then_what_comes()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        using var watch = _host.Client.WatchOrder(new WatchOrderRequest { Name = placed.Name });
        Assert.Equal(("ORDER_PLACED", Order.Types.State.Placed), await Next(watch));
        await Hold(placed);
        Assert.Equal("HOLD_OPENED", (await Next(watch)).Kind);
        await _host.Client.CancelOrderAsync(new CancelOrderRequest { Name = placed.Name, Reason = "no" });
        Assert.Equal(("ORDER_CANCELLED", Order.Types.State.Cancelled), await Next(watch));
    }

    [Fact]
    public async Task A_watcher_cut_off_a_hundred_times_sees_every_entry_once_and_in_order()
    {
        const int entries = 150;
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var writing = Task.Run(async () =>
        {
            for (var n = 1; n < entries; n++)
                await Hold(placed);
        });
        var random = new Random(7);
        var seen = new List<long>();
        var token = "";
        var cuts = 0;
        while (seen.Count < entries)
        {
            using var watch = _host.Client.WatchOrder(new WatchOrderRequest { Name = placed.Name, ResumeToken = token });
            for (var left = random.Next(1, 3); left > 0 && seen.Count < entries && await watch.ResponseStream.MoveNext(CancellationToken.None); left--)
            {
                seen.Add(watch.ResponseStream.Current.Entry.Sequence);
                token = watch.ResponseStream.Current.ResumeToken;
            }

            cuts++;
        }

        await writing;
        Assert.True(cuts >= 100, $"{cuts} cuts");
        Assert.Equal(Enumerable.Range(1, entries).Select(n => (long)n), seen);
    }

    [Fact]
    public async Task A_token_belongs_to_its_order()
    {
        var one = await _host.Client.PlaceOrderAsync(Sample.Place(1));
        var other = await _host.Client.PlaceOrderAsync(Sample.Place(1));
        using var watch = _host.Client.WatchOrder(new WatchOrderRequest { Name = one.Name });
        await watch.ResponseStream.MoveNext(CancellationToken.None);
        foreach (var token in new[] { watch.ResponseStream.Current.ResumeToken, "nonsense", "AAAA" })
        {
            using var wrong = _host.Client.WatchOrder(new WatchOrderRequest { Name = other.Name, ResumeToken = token });
            var refused = await Expect.Refused(() => wrong.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal((StatusCode.InvalidArgument, "RESUME_TOKEN_INVALID"), (refused.Code, refused.Reason));
        }
    }

    [Fact]
    public async Task A_stopping_server_tells_its_watchers_to_come_back()
    {
        var host = await OrderHost.Start();
        var placed = await host.Client.PlaceOrderAsync(Sample.Place(1));
        using var watch = host.Client.WatchOrder(new WatchOrderRequest { Name = placed.Name });
        await watch.ResponseStream.MoveNext(CancellationToken.None);
        var ended = Expect.Refused(() => watch.ResponseStream.MoveNext(CancellationToken.None));
        await host.Stop();
        var refused = await ended;
        Assert.Equal((StatusCode.Unavailable, "SERVER_STOPPING", true), (refused.Code, refused.Reason, refused.MayRetry));
        await host.DisposeAsync();
    }

    private Task Hold(Order order)
    {
        var opened = new HoldOpened(Sample.Id(), Sample.Start, "compliance", Sample.Id(), Sample.Id(), Guid.Parse(order.Uid), "REVIEW", "somebody must look");
        return _host.Publish(opened.EventId, opened);
    }

    private static async Task<(string Kind, Order.Types.State State)> Next(AsyncServerStreamingCall<WatchOrderResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        return (watch.ResponseStream.Current.Entry.Kind, watch.ResponseStream.Current.State);
    }
}
