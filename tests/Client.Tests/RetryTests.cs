using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.Client.Tests;

/// <summary>What is sent again, and what never is.</summary>
public sealed class RetryTests
{
    private static readonly PlaceOrderRequest Place = new() { Order = new Order { Exporter = "NVIDIA" } };

    [Fact]
    public async Task A_read_succeeds_after_two_times_unavailable()
    {
        await using var server = await FlakyServer.Start(failures: 2);
        using var clients = Clients(server);
        await clients.Orders.ListOrdersAsync(new ListOrdersRequest());
        Assert.Equal(3, server.Received.Count);
    }

    [Fact]
    public async Task A_hedged_read_does_too()
    {
        await using var server = await FlakyServer.Start(failures: 2);
        using var clients = Clients(server);
        await clients.Orders.GetOrderAsync(new GetOrderRequest { Name = "orders/1" });
        Assert.Equal(3, server.Received.Count);
    }

    [Fact]
    public async Task A_hedged_read_does_not_wait_for_a_server_that_hangs()
    {
        await using var server = await FlakyServer.Start(failures: 0);
        server.Thinks = number => number == 1 ? TimeSpan.FromSeconds(20) : TimeSpan.Zero;
        using var clients = Clients(server);
        var since = Stopwatch.GetTimestamp();
        await clients.Orders.GetOrderAsync(new GetOrderRequest { Name = "orders/1" });
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10));
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task A_write_that_is_slow_is_not_sent_a_second_time()
    {
        await using var server = await FlakyServer.Start(failures: 0);
        server.Thinks = _ => TimeSpan.FromSeconds(3);
        using var clients = Clients(server);
        await clients.Orders.PlaceOrderAsync(Place);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_write_with_a_request_id_succeeds_after_two_times_unavailable()
    {
        await using var server = await FlakyServer.Start(failures: 2);
        using var clients = Clients(server);
        await clients.Orders.PlaceOrderAsync(new PlaceOrderRequest { Order = Place.Order, RequestId = "0190a0b0-0000-7000-8000-000000000001" });
        Assert.Equal(3, server.Received.Count);
        Assert.Equal(["0190a0b0-0000-7000-8000-000000000001"], IdsOf(server));
    }

    [Fact]
    public async Task A_write_without_one_is_given_one_for_all_its_tries_and_the_next_call_another()
    {
        await using var server = await FlakyServer.Start(failures: 2);
        using var clients = Clients(server);
        await clients.Orders.PlaceOrderAsync(Place);
        await clients.Orders.PlaceOrderAsync(Place);
        Assert.Equal(4, server.Received.Count);
        Assert.Equal(2, IdsOf(server).Count);
        Assert.All(IdsOf(server), id => Assert.True(Guid.TryParseExact(id, "D", out _)));
        Assert.Equal("", Place.RequestId);
    }

    [Fact]
    public async Task A_write_without_a_request_id_is_never_sent_again()
    {
        await using var server = await FlakyServer.Start(failures: 1);
        using var clients = Clients(server, options => options.FillRequestIds = false);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await clients.Orders.PlaceOrderAsync(Place));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Single(server.Received);
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await using var still = await FlakyServer.Start(failures: 1);
            using var others = Clients(still);
            await others.Operations.CancelOperationAsync(new Google.LongRunning.CancelOperationRequest());
        });
    }

    [Fact]
    public async Task A_unary_call_has_a_deadline_and_a_token_and_a_stream_only_the_token()
    {
        await using var server = await FlakyServer.Start(failures: 0);
        using var clients = Clients(server, options => options.TokenProvider = _ => ValueTask.FromResult("secret"));
        await clients.Orders.ListOrdersAsync(new ListOrdersRequest());
        using var watch = clients.Orders.WatchOrder(new WatchOrderRequest());
        await watch.ResponseStream.MoveNext(CancellationToken.None);
        Assert.Equal(["Bearer secret", "Bearer secret"], server.Received.Select(call => call.Authorization));
        Assert.Equal([false, true], server.Received.Select(call => string.IsNullOrEmpty(call.Deadline)));
    }

    [Fact]
    public async Task A_watch_goes_on_after_the_last_change_it_saw()
    {
        await using var server = await FlakyServer.Start(failures: 1);
        server.Answer = number => number < 4 ? [new WatchOrderResponse { ResumeToken = $"after {number}" }.ToByteArray()] : [];
        using var clients = Clients(server);
        var seen = new List<string>();
        await foreach (var change in Watching.Resume(
            (token, ended) => clients.Orders.WatchOrder(new WatchOrderRequest { ResumeToken = token }, cancellationToken: ended),
            response => response.ResumeToken, "", TestContext.Current.CancellationToken))
        {
            seen.Add(change.ResumeToken);
        }

        Assert.Equal(["after 2"], seen);
    }

    [Fact]
    public async Task Pages_are_one_sequence()
    {
        await using var server = await FlakyServer.Start(failures: 0);
        server.Answer = number =>
            [new ListOrdersResponse { Orders = { new Order { Name = $"orders/{number}" } }, NextPageToken = number < 3 ? $"page {number + 1}" : "" }.ToByteArray()];
        using var clients = Clients(server);
        var request = new ListOrdersRequest { Filter = "state = HELD" };
        var names = new List<string>();
        await foreach (var order in Paging.All(request, clients.Orders.ListOrdersAsync, page => page.Orders, TestContext.Current.CancellationToken))
            names.Add(order.Name);
        Assert.Equal(["orders/1", "orders/2", "orders/3"], names);
        Assert.Equal(["", "page 2", "page 3"], server.Received.Select(call => ListOrdersRequest.Parser.ParseFrom(call.Message).PageToken));
        Assert.Equal("", request.PageToken);
    }

    private static HashSet<string> IdsOf(FlakyServer server) =>
        [.. server.Received.Select(call => PlaceOrderRequest.Parser.ParseFrom(call.Message).RequestId)];

    private static OrderTrackingClients Clients(FlakyServer server, Action<OrderTrackingClientOptions>? configure = null)
    {
        var options = new OrderTrackingClientOptions { Address = server.Address };
        configure?.Invoke(options);
        return new OrderTrackingClients(options);
    }
}
