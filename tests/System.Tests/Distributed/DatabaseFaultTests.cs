using System.Diagnostics;
using Dapper;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Data.Sqlite;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using Xunit;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>The database of one service takes no writes, or slow ones. Another process holds its write lock.</summary>
public sealed class DatabaseFaultTests(FleetUnderTest system, ITestOutputHelper output) : IClassFixture<FleetUnderTest>
{
    // FEATURES O8: who watches sees the flip within 5 s.
    private static readonly TimeSpan FlipWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task A_database_that_is_down_is_told_at_once_and_costs_nothing_but_the_calls_of_the_meantime()
    {
        Brokers.Require();
        var before = await system.Ready();
        var request = new PlaceOrderRequest { Order = system.Sketch.ToOrder(), RequestId = Shop.NewRequestId() };
        var orders = system.Fleet.Service("orders");
        using (var down = Locked("orders"))
        {
            var flipped = Flip(orders);
            var refused = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Refused(request)));
            Assert.All(refused, answer => Assert.Equal((StatusCode.Aborted, "STORAGE_BUSY"), (answer.StatusCode, Patience.ReasonOf(answer))));
            Assert.All(refused, answer => Assert.NotNull(answer.GetRpcStatus()?.GetDetail<RetryInfo>()));
            var after = await flipped;
            output.WriteLine($"not ready after {after.TotalSeconds:0.0} s");
            Assert.True(after < FlipWithin, $"{after}");
            Assert.Equal(Serving.Serving, await orders.Health("live"));
            Assert.Equal(Serving.Serving, await system.Fleet.Service("shipments").Health());
            Assert.Equal(Serving.Serving, await system.Fleet.Service("compliance").Health());
            // What was written can be read all the while.
            Assert.Equal(before.Order, (await system.Shop.Auditor.Orders.GetOrderAsync(new GetOrderRequest { Name = before.Order })).Name);
        }

        await orders.Ready();
        var placed = await system.Shop.Caller.Orders.PlaceOrderAsync(request);
        await system.Ready(placed);
        using var files = new DataFiles(system.Fleet.DataDirectory);
        Assert.Equal(2, files.Count("select count(*) from orders.orders where id in (@one, @other)", new { one = before.Order[7..], other = placed.Name[7..] }));
        Assert.Equal(1, files.Count("select count(*) from orders.requests where request_id = @RequestId", new { request.RequestId }));
        await system.AtRest();
    }

    [Fact]
    public async Task Events_wait_for_a_database_that_is_down_and_none_is_given_up()
    {
        Brokers.Require();
        Order[] placed;
        using (var down = Locked("shipments"))
        {
            placed = await system.Place(10);
            // Longer than all attempts at once and a redelivery would take.
            await Eventually.Becomes("shipments is not ready", async () => await system.Fleet.Service("shipments").Health() == Serving.NotServing);
            await Task.Delay(FlipWithin);
            Assert.Equal(Serving.Serving, await system.Fleet.Service("orders").Health());
        }

        foreach (var order in placed)
            await system.Ready(order);
        await system.AtRest();
    }

    [Fact]
    public async Task A_slow_database_makes_calls_slow_and_refuses_none()
    {
        Brokers.Require();
        var began = Stopwatch.GetTimestamp();
        Task<Order[]> placing;
        using (var slow = Locked("orders"))
        {
            placing = system.Place(10);
            await Task.Delay(Slow);
            Assert.False(placing.IsCompleted);
        }

        await placing;
        output.WriteLine($"10 orders after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.Equal(Serving.Serving, await system.Fleet.Service("orders").Health());
        foreach (var order in await placing)
            await system.Ready(order);
        await system.AtRest();
    }

    // As a backup that went wrong, or an administrator's forgotten transaction.
    private Lock Locked(string database) => new(Path.Combine(system.Fleet.DataDirectory, $"{database}.db"));

    private async Task<RpcException> Refused(PlaceOrderRequest request)
    {
        var began = Stopwatch.GetTimestamp();
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await system.Shop.Caller.Orders.PlaceOrderAsync(request));
        Assert.True(Stopwatch.GetElapsedTime(began) < AnsweredWithin, $"{Stopwatch.GetElapsedTime(began)}: {refusal.Message}");
        return refusal;
    }

    private static async Task<TimeSpan> Flip(ServiceProcess service)
    {
        var began = Stopwatch.GetTimestamp();
        using var deadline = new CancellationTokenSource(FleetUnderTest.Drained);
        using var watch = new Health.HealthClient(service.Channel).Watch(new HealthCheckRequest(), cancellationToken: deadline.Token);
        while (await watch.ResponseStream.MoveNext(deadline.Token))
        {
            if (watch.ResponseStream.Current.Status == Serving.NotServing)
                return Stopwatch.GetElapsedTime(began);
        }

        throw new InvalidOperationException("The watch ended.");
    }

    private sealed class Lock : IDisposable
    {
        private readonly SqliteConnection _connection;

        public Lock(string file)
        {
            _connection = new SqliteConnection($"Data Source={file};Pooling=False");
            _connection.Open();
            _connection.Execute("begin immediate");
        }

        public void Dispose() => _connection.Dispose();
    }
}
