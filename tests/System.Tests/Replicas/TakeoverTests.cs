using System.Diagnostics;
using System.Globalization;
using OrderTracking.Compliance.V1;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Replicas;

/// <summary>A process is killed in the middle (SIGKILL), and another on the same data takes its work over.</summary>
public sealed class TakeoverTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GivenBackWithin = TimeSpan.FromSeconds(10);
    private readonly List<Replica> _replicas = [];
    private readonly SilentService _silent = new();
    private ReplicaData _data = null!;

    public async ValueTask InitializeAsync() => _data = await ReplicaData.With(2);

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        _silent.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task A_dispatch_whose_process_was_killed_is_finished_by_another_with_one_permit()
    {
        var compliance = await Started(new Replica("ComplianceService", _data.Directory));
        var killed = await Started(new Replica("ShipmentService", _data.Directory, ("compliance", _silent.Port)));
        var shipment = _data.Ready[0];
        var request = new DispatchShipmentRequest { Name = shipment.Name, Carrier = "Polar Air", TrackingNumber = "PA-1", RequestId = Shop.NewRequestId() };
        var call = Outcome(killed.As("erp", "caller").Shipments.DispatchShipmentAsync(request).ResponseAsync);
        await Becomes("it is being dispatched", "select count(*) from shipments.shipments where state = 'DISPATCHING'", 1);
        var survivor = await Started(new Replica("ShipmentService", _data.Directory, ("compliance", compliance.Port)));

        await killed.Kill();
        var taken = await Timed("it left", "select count(*) from shipments.shipments where state = 'DISPATCHED'", 1);
        await call;
        output.WriteLine($"a killed process' dispatch was finished {taken.TotalSeconds:F1} s after the kill");
        Assert.True(taken <= TakenOverWithin, $"{taken}");
        Assert.Equal(1, _data.Count("select count(*) from compliance.permits"));
        var repeated = await survivor.As("erp", "caller").Shipments.DispatchShipmentAsync(request);
        Assert.Equal(OrderTracking.Shipments.V1.Shipment.Types.State.Dispatched, repeated.State);
    }

    [Fact]
    public async Task A_change_of_an_order_whose_process_was_killed_is_made_by_another_once()
    {
        var shipments = await Started(new Replica("ShipmentService", _data.Directory));
        var killed = await Started(new Replica("OrderService", _data.Directory, ("shipments", _silent.Port)));
        var request = new CancelOrderRequest { Name = _data.Ready[0].Order, Reason = "a test", RequestId = Shop.NewRequestId() };
        var call = Outcome(killed.As("erp", "caller").Orders.CancelOrderAsync(request).ResponseAsync);
        await Becomes("the change is kept", "select count(*) from orders.order_changes_pending", 1);
        var survivor = await Started(new Replica("OrderService", _data.Directory, ("shipments", shipments.Port)));

        await killed.Kill();
        var taken = await Timed("the change is made", "select count(*) from orders.order_changes_pending", 0);
        await call;
        output.WriteLine($"a killed process' change was made {taken.TotalSeconds:F1} s after the kill");
        Assert.True(taken <= TakenOverWithin, $"{taken}");
        Assert.Equal(1, _data.Count("select count(*) from orders.outbox where type = 'orders.order-cancelled'"));
        var repeated = await survivor.As("erp", "caller").Orders.CancelOrderAsync(request);
        Assert.Equal(Order.Types.State.Cancelled, repeated.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_re_check_of_a_process_that_ended_goes_on_in_another(bool killed)
    {
        Replica[] both = [await Started(new Replica("ComplianceService", _data.Directory)), await Started(new Replica("ComplianceService", _data.Directory))];
        var owner = await OwnerOf("recheck", both);
        var other = both.Single(replica => replica != owner);
        // The owner decides again what another published.
        var proposed = await Propose(other, "TEST-BEFORE", "L2-FIRST");
        await other.As("clara", "counsel").Rules.PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name });
        var before = await Timed("the owner decides again", AllDecidedWith, 1, new { changes = Changes() });

        var next = await Propose(other, "TEST-AFTER", "L2-SECOND");
        if (killed)
            await owner.Kill();
        else
            Assert.Equal(0, await owner.Terminate());
        await other.As("clara", "counsel").Rules.PublishAmendmentAsync(new PublishAmendmentRequest { Name = next.Name });
        var taken = await Timed("the other decides again", AllDecidedWith, 1, new { changes = Changes() });
        output.WriteLine($"decided again {before.TotalSeconds:F1} s after a publication; {taken.TotalSeconds:F1} s after the owner was {(killed ? "killed" : "stopped")}");
        Assert.True(taken <= (killed ? TakenOverWithin : GivenBackWithin), $"{taken}");
        Assert.Same(other, await OwnerOf("recheck", both));
        await OwnerOf("audit", [other]);
    }

    [Fact]
    public async Task Processes_started_at_the_same_instant_on_no_data_all_come_up()
    {
        var directory = Directory.CreateTempSubdirectory("ordertracking-first-").FullName;
        string[] services = ["OrderService", "ShipmentService", "ComplianceService"];
        var started = services.SelectMany(service => new[] { service, service }).Select(service => new Replica(service, directory)).ToList();
        _replicas.AddRange(started);
        foreach (var replica in started)
            await replica.Ready();
        foreach (var replica in started)
            Assert.Equal(0, await replica.Terminate());
        Directory.Delete(directory, recursive: true);
    }

    private const string AllDecidedWith = "select count(*) from compliance.recheck_runs where version >= @changes and ended_at is not null";

    private long Changes() => _data.Count("select max(seq) from compliance.recorded_changes");

    private static async Task<Amendment> Propose(Replica replica, string rule, string family)
    {
        var sketch = new AmendmentSketch(family, "DE", new DateOnly(2025, 6, 2));
        return await replica.As("ana", "analyst").Rules.ProposeAmendmentAsync(new ProposeAmendmentRequest
        {
            Rule = $"rules/{rule}",
            Title = "A test rule",
            Definition = sketch.Definition,
            Tests = { sketch.Tests() },
        });
    }

    private Task<Replica> OwnerOf(string lease, IReadOnlyList<Replica> replicas) => Eventually.Becomes(
        $"one of the processes has the lease {lease}",
        () => Task.FromResult(replicas.SingleOrDefault(replica => _data.Count(
            "select count(*) from compliance.leases where name = @lease and owner like @owner",
            new { lease, owner = string.Create(CultureInfo.InvariantCulture, $"%/{replica.ProcessId}/%") }) == 1)!),
        replica => replica is not null,
        TakenOverWithin);

    private Task<long> Becomes(string what, string sql, long count, object? parameters = null) =>
        Eventually.Becomes(what, () => Task.FromResult(_data.Count(sql, parameters)), seen => seen == count, TakenOverWithin * 2);

    private async Task<TimeSpan> Timed(string what, string sql, long count, object? parameters = null)
    {
        var start = Stopwatch.GetTimestamp();
        await Becomes(what, sql, count, parameters);
        return Stopwatch.GetElapsedTime(start);
    }

    private async Task<Replica> Started(Replica replica)
    {
        _replicas.Add(replica);
        await replica.Ready();
        return replica;
    }

    // The call's process is killed under it; how it ends is not what is asked here.
    private static Task<AggregateException?> Outcome(Task call) => call.ContinueWith(ended => ended.Exception, TaskScheduler.Default);
}
