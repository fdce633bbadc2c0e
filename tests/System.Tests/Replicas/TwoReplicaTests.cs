using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using OrderTracking.Host;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.SystemTests.Races;
using OrderTracking.TestKit;
using Xunit;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Replicas;

/// <summary>Two processes of each service on one data directory, each calling its own of the others.</summary>
public sealed class TwoReplicaTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>How many orders are asked for, each at both processes.</summary>
    private const string OrdersVariable = "ORDERTRACKING_REPLICA_ORDERS";

    private const int OrdersDefault = 500;
    private const int Dispatches = 12;

    // Half a second, and what a busy machine adds.
    private static readonly TimeSpan HeardWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly List<Replica> _replicas = [];
    private ReplicaData _data = null!;
    private Replica[] _orders = null!;
    private Replica[] _shipments = null!;

    public async ValueTask InitializeAsync()
    {
        _data = await ReplicaData.With(2 * Dispatches);
        var compliance = Two(_ => new Replica("ComplianceService", _data.Directory));
        _shipments = Two(i => new Replica("ShipmentService", _data.Directory, ("compliance", compliance[i].Port)));
        _orders = Two(i => new Replica("OrderService", _data.Directory, ("shipments", _shipments[i].Port)));
        foreach (var replica in _replicas)
            await replica.Ready();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task What_is_asked_at_both_has_one_effect_and_one_answer()
    {
        await OrdersArePlacedOnce();
        await ShipmentsLeaveOnce();
        await ChangesAreMadeOnce();
    }

    [Fact]
    public async Task What_one_changes_is_told_by_the_other_and_a_watch_goes_on_there()
    {
        var shipment = _data.Ready[0];
        using var deadline = new CancellationTokenSource(Deadline);
        var auditor = _shipments.Select(replica => replica.As("audrey", "auditor")).ToList();
        using var here = auditor[1].Shipments.WatchShipments(new WatchShipmentsRequest { Order = shipment.Order }, cancellationToken: deadline.Token);
        var past = await Read(here, change => change.Shipment.State == State.Ready, deadline.Token);

        await Dispatch(_shipments[0].As("erp", "caller"), shipment, Shop.NewRequestId());
        var start = Stopwatch.GetTimestamp();
        var told = await Read(here, change => change.Shipment.State == State.Dispatched, deadline.Token);
        var took = Stopwatch.GetElapsedTime(start);
        output.WriteLine($"a dispatch answered by the other process was told after another {took.TotalMilliseconds:F0} ms");
        Assert.True(took < HeardWithin, $"{took}");
        using var there = auditor[0].Shipments.WatchShipments(
            new WatchShipmentsRequest { Order = shipment.Order, ResumeToken = past.ResumeToken }, cancellationToken: deadline.Token);
        Assert.Equal(told, await Read(there, change => change.Shipment.State == State.Dispatched, deadline.Token));

        var order = await _orders[0].As("erp", "caller").Orders.PlaceOrderAsync(Request(Shop.NewRequestId()));
        using var timeline = _orders[1].As("audrey", "auditor").Orders.WatchOrder(new WatchOrderRequest { Name = order.Name }, cancellationToken: deadline.Token);
        Assert.True(await timeline.ResponseStream.MoveNext(deadline.Token));
        await Cancel(_orders[0].As("erp", "caller"), order.Name, Shop.NewRequestId());
        start = Stopwatch.GetTimestamp();
        Assert.True(await timeline.ResponseStream.MoveNext(deadline.Token));
        took = Stopwatch.GetElapsedTime(start);
        output.WriteLine($"a cancellation answered by the other process was told after another {took.TotalMilliseconds:F0} ms");
        Assert.True(took < HeardWithin, $"{took}");
    }

    private async Task OrdersArePlacedOnce()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable(OrdersVariable) ?? $"{OrdersDefault}", CultureInfo.InvariantCulture);
        var before = _data.Count("select count(*) from orders.orders");
        var callers = _orders.Select(replica => replica.As("erp", "caller")).ToList();
        var ids = Enumerable.Range(0, count).Select(_ => Shop.NewRequestId()).ToList();
        var start = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(ids.SelectMany(id => callers.Select(async caller =>
            (Id: id, Order: await caller.Orders.PlaceOrderAsync(Request(id))))));
        output.WriteLine($"{answers.Length} calls at two processes in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
        Assert.Equal(count, _data.Count("select count(*) from orders.orders") - before);
        Assert.All(answers.GroupBy(answer => answer.Id), same => Assert.Single(same.Select(answer => answer.Order).Distinct()));
        Assert.Equal(count, answers.Select(answer => answer.Order.Name).Distinct().Count());
    }

    private async Task ShipmentsLeaveOnce()
    {
        var callers = _shipments.Select(replica => replica.As("erp", "caller")).ToList();
        foreach (var (i, shipment) in _data.Ready.Index())
        {
            // Every second one is asked for by one request at both, the others by two.
            var id = Shop.NewRequestId();
            var both = await Task.WhenAll(
                Answer.Of(() => Dispatch(callers[0], shipment, id)),
                Answer.Of(() => Dispatch(callers[1], shipment, i % 2 == 0 ? id : Shop.NewRequestId())));
            Assert.Equal(i % 2 == 0 ? 2 : 1, both.Count(answer => answer.Done));
        }

        Assert.Equal(_data.Ready.Count, _data.Count("select count(*) from compliance.permits"));
        Assert.Equal(_data.Ready.Count, _data.Count("select count(*) from compliance.permits where state = 'GRANTED'"));
        Assert.Equal(_data.Ready.Count, _data.Count("select count(*) from shipments.shipments where state = 'DISPATCHED'"));
        Assert.Equal(0, _data.Count("select count(*) from shipments.leases"));
    }

    private async Task ChangesAreMadeOnce()
    {
        var callers = _orders.Select(replica => replica.As("erp", "caller")).ToList();
        var names = (await Task.WhenAll(Enumerable.Range(0, Dispatches).Select(_ =>
            callers[0].Orders.PlaceOrderAsync(Request(Shop.NewRequestId())).ResponseAsync))).Select(order => order.Name).ToList();
        foreach (var name in names)
        {
            var id = Shop.NewRequestId();
            var both = await Task.WhenAll(Cancel(callers[0], name, id), Cancel(callers[1], name, id));
            Assert.Equal(both[0], both[1]);
        }

        Assert.Equal(names.Count, _data.Count("select count(*) from orders.outbox where type = 'orders.order-cancelled'"));
        Assert.Equal(0, _data.Count("select count(*) from orders.order_changes_pending"));
        Assert.Equal(0, _data.Count("select count(*) from orders.leases"));
    }

    private PlaceOrderRequest Request(string id) => new() { Order = _data.Sketch.ToOrder(), RequestId = id };

    private static async Task<Order> Cancel(Person caller, string order, string id) =>
        await caller.Orders.CancelOrderAsync(new CancelOrderRequest { Name = order, Reason = "a test", RequestId = id });

    private static async Task<Shipment> Dispatch(Person caller, Shipment shipment, string id) => await caller.Shipments.DispatchShipmentAsync(
        new DispatchShipmentRequest { Name = shipment.Name, Carrier = "Polar Air", TrackingNumber = "PA-1", RequestId = id });

    private static async Task<WatchShipmentsResponse> Read(
        AsyncServerStreamingCall<WatchShipmentsResponse> watch, Func<WatchShipmentsResponse, bool> until, CancellationToken cancellation)
    {
        while (await watch.ResponseStream.MoveNext(cancellation))
            if (until(watch.ResponseStream.Current))
                return watch.ResponseStream.Current;
        throw new InvalidOperationException("The watch ended.");
    }

    private Replica[] Two(Func<int, Replica> start)
    {
        Replica[] two = [start(0), start(1)];
        _replicas.AddRange(two);
        return two;
    }
}
