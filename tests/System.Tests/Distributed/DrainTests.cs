using System.Diagnostics;
using Dapper;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using Xunit;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>A process is told to end (SIGTERM), as every rolling change does.</summary>
public sealed class DrainTests(ITestOutputHelper output)
{
    private const int AtATime = 12;
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(5);

    // What a caller may see of a process that ends: the connection that closed, or who it asked in turn being away.
    private static readonly StatusCode[] Retryable = [StatusCode.Unavailable, StatusCode.Aborted];

    [Fact]
    public async Task A_rolling_restart_under_load_fails_no_order()
    {
        Brokers.Require();
        var plan = new FleetPlan { Replicas = new Dictionary<string, int> { ["orders"] = 2, ["shipments"] = 2, ["compliance"] = 2 } };
        await using var fleet = await Fleet.Start(output.WriteLine, plan);
        using var deadline = new CancellationTokenSource(Patient);
        var patience = new Patience(deadline.Token);
        var walks = new OrderWalks((subject, role) => fleet.As(subject, role), WorkingDay.Now(), patience);
        await walks.RegisterLicence();
        using var restarted = new CancellationTokenSource();
        var number = -1;
        var walking = Task.WhenAll(Enumerable.Range(0, AtATime).Select(async _ =>
        {
            while (!restarted.IsCancellationRequested)
                await walks.Walk(Interlocked.Increment(ref number));
        }));
        var slowest = TimeSpan.Zero;
        foreach (var service in fleet.Services)
        {
            var since = Stopwatch.GetTimestamp();
            Assert.Equal(0, await service.Terminate(EndsWithin));
            slowest = Stopwatch.GetElapsedTime(since) > slowest ? Stopwatch.GetElapsedTime(since) : slowest;
            await service.Start();
        }

        await restarted.CancelAsync();
        await walking;
        await Invariants.Hold(fleet.DataDirectory, FleetUnderTest.Drained);
        using var files = new DataFiles(fleet.DataDirectory);
        Books.Agree(files, [.. walks.Walked.Values], output.WriteLine);
        var answers = string.Join(", ", patience.Answers.Select(answer => $"{answer.Key} {answer.Value}"));
        output.WriteLine($"six processes ended with 0, the slowest after {slowest.TotalSeconds:0.0} s; answers repeated: {answers}");
        Assert.All(patience.Answers.Keys, answer => Assert.Contains(Enum.Parse<StatusCode>(answer.Split('/')[0]), Retryable));
    }

    [Fact]
    public async Task What_runs_is_finished_and_published_and_what_comes_is_refused()
    {
        Brokers.Require();
        await using var fleet = await Fleet.Start(output.WriteLine);
        var day = WorkingDay.Now();
        var sketch = new OrderSketch { Zone = day.Zone, ShipDates = [day.Today] };
        var orders = fleet.Service("orders");
        await fleet.Shop.PlaceOrder(sketch);
        Task<Order>[] running;
        Task<int> ending;
        await using (var slow = new SqliteConnection($"Data Source={Path.Combine(fleet.DataDirectory, "orders.db")};Pooling=False"))
        {
            // A commit that takes its time: the calls are under way when the process is told to end.
            slow.Open();
            slow.Execute("begin immediate");
            running = [.. Enumerable.Range(0, 10).Select(_ => fleet.Shop.PlaceOrder(sketch))];
            await Task.Delay(TimeSpan.FromSeconds(1));
            ending = orders.Terminate(EndsWithin);
            await Eventually.Becomes("new calls are refused", () => IsRefused(fleet, sketch));
            Assert.All(running, call => Assert.False(call.IsCompleted));
        }

        var placed = await Task.WhenAll(running);
        Assert.Equal(0, await ending);
        using (var files = new DataFiles(fleet.DataDirectory))
        {
            Assert.Equal(1 + running.Length, files.Count("select count(*) from orders.orders"));
            Assert.Equal(0, files.Count("select count(*) from orders.outbox where published_at is null"));
        }

        // Their walk goes on while nobody serves orders.
        foreach (var order in placed)
        {
            await Eventually.Becomes(
                $"{order.Name} is planned", () => fleet.Shop.ShipmentsOf(order.Name), planned => planned.Count == 1, FleetUnderTest.Drained);
        }
    }

    [Fact]
    public async Task A_watch_is_told_to_go_on_elsewhere_and_misses_nothing_there()
    {
        Brokers.Require();
        var plan = new FleetPlan { Replicas = new Dictionary<string, int> { ["orders"] = 2, ["shipments"] = 2 } };
        await using var fleet = await Fleet.Start(output.WriteLine, plan);
        var day = WorkingDay.Now();
        var sketch = new OrderSketch { Zone = day.Zone, ShipDates = [day.Today] };
        var order = await fleet.Shop.PlaceOrder(sketch);
        await fleet.Shop.Screened(order.Name, 1);
        var (orderToken, orderStatus) = await LastWord(
            fleet.At(fleet.Service("orders"), "audrey", "auditor").Orders.WatchOrder(new WatchOrderRequest { Name = order.Name }),
            response => response.ResumeToken,
            fleet.Service("orders"));
        Assert.Equal((StatusCode.Unavailable, "SERVER_STOPPING"), orderStatus);
        var (shipmentToken, shipmentStatus) = await LastWord(
            fleet.At(fleet.Service("shipments"), "audrey", "auditor").Shipments.WatchShipments(new WatchShipmentsRequest()),
            response => response.ResumeToken,
            fleet.Service("shipments"));
        Assert.Equal((StatusCode.Unavailable, "SERVICE_STOPPING"), shipmentStatus);

        await fleet.Shop.Dispatch((await fleet.Shop.ShipmentsOf(order.Name)).Single().Name);
        using var deadline = new CancellationTokenSource(Patient);
        using var elsewhere = fleet.At(fleet.Service("orders", 2), "audrey", "auditor").Orders
            .WatchOrder(new WatchOrderRequest { Name = order.Name, ResumeToken = orderToken }, cancellationToken: deadline.Token);
        Assert.True(await elsewhere.ResponseStream.MoveNext(deadline.Token));
        using var there = fleet.At(fleet.Service("shipments", 2), "audrey", "auditor").Shipments
            .WatchShipments(new WatchShipmentsRequest { ResumeToken = shipmentToken }, cancellationToken: deadline.Token);
        Assert.True(await there.ResponseStream.MoveNext(deadline.Token));
    }

    private static async Task<bool> IsRefused(Fleet fleet, OrderSketch sketch)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
            var request = new PlaceOrderRequest { Order = sketch.ToOrder(), ValidateOnly = true };
            await fleet.Shop.Caller.Orders.PlaceOrderAsync(request, cancellationToken: patience.Token);
            return false;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode == StatusCode.Unavailable;
        }
    }

    // Reads until the stream ends because its process is told to, as soon as it has told something.
    private static async Task<(string Token, (StatusCode Code, string? Reason) Status)> LastWord<T>(
        AsyncServerStreamingCall<T> watch, Func<T, string> token, ServiceProcess process)
    {
        var last = "";
        Task<int>? ending = null;
        try
        {
            while (await watch.ResponseStream.MoveNext(CancellationToken.None))
            {
                last = token(watch.ResponseStream.Current);
                ending ??= process.Terminate(EndsWithin);
            }
        }
        catch (RpcException ended)
        {
            Assert.Equal(0, await ending!);
            return (last, (ended.StatusCode, Patience.ReasonOf(ended)));
        }

        throw new InvalidOperationException("The watch ended without a word.");
    }
}
