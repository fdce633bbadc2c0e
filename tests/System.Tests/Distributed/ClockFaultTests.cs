using OrderTracking.Compliance.V1;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using Xunit;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>
/// The clock of one process is a day off. What is law, what is known and which day it is where goods leave is decided by compliance's
/// clock alone; the clocks of those who ask decide nothing.
/// </summary>
public sealed class ClockFaultTests(ITestOutputHelper output)
{
    private const string Ahead = "1.00:00:00";
    private const string Behind = "-1.00:00:00";
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(Ahead)]
    [InlineData(Behind)]
    public async Task A_service_whose_clock_is_a_day_off_lets_nothing_leave_that_compliance_does_not_permit_today(string skew)
    {
        Brokers.Require();
        var day = WorkingDay.Now();
        await using var fleet = await Fleet.Start(output.WriteLine, SkewOf(skew, "orders", "shipments"));
        // The day at the place of export as the services that are off see it, and as it is.
        var theirs = day.Today.AddDays(skew == Ahead ? 1 : -1);
        var tomorrow = day.Today.AddDays(1);
        await fleet.Shop.Publish("TEST-FROM-TOMORROW", new AmendmentSketch("SKEWED", "DE", tomorrow));
        var today = await Screened(fleet, day, skew == Ahead ? theirs : day.Today);
        if (skew == Ahead)
        {
            // For them it is tomorrow; the law of tomorrow forbids it already today, and today's date was none they took.
            Assert.Equal(State.Blocked, today.State);
            Assert.Equal(["TEST-FROM-TOMORROW"], today.Reasons);
        }
        else
        {
            // For them it is yesterday, and what is planned for today lies ahead; compliance knows better and permits it.
            Assert.Equal(State.Ready, today.State);
            Assert.Equal(State.Dispatched, (await fleet.Shop.Dispatch(today.Name)).State);
            using var files = new DataFiles(fleet.DataDirectory);
            Assert.Equal(1, files.Count("select count(*) from compliance.permits"));
            var later = await Screened(fleet, day, tomorrow);
            Assert.Equal(State.Blocked, later.State);
        }

        await Invariants.Hold(fleet.DataDirectory, FleetUnderTest.Drained);
    }

    [Fact]
    public async Task A_compliance_whose_clock_is_ahead_knows_tomorrows_law_for_what_leaves_tomorrow_and_grants_once()
    {
        Brokers.Require();
        var day = WorkingDay.Now();
        await using var fleet = await Fleet.Start(output.WriteLine, SkewOf(Ahead, "compliance"));
        var shop = fleet.Shop;
        await shop.Publish("TEST-FROM-TOMORROW", new AmendmentSketch("SKEWED", "DE", day.Today.AddDays(1)));
        // To compliance today is past: what was planned for it left yesterday or not at all, and it permits nothing for a day gone by.
        var shipment = await Screened(fleet, day, day.Today);
        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => shop.Dispatch(shipment.Name));
        output.WriteLine($"{shipment.State}: {refused.Status.Detail}");
        using var files = new DataFiles(fleet.DataDirectory);
        Assert.Equal(0, files.Count("select count(*) from compliance.permits"));
        Assert.NotEqual(State.Dispatched, (await shop.Shipment(shipment.Name)).State);
    }

    [Fact]
    public async Task Replicas_whose_clocks_differ_by_a_day_share_the_work_and_double_nothing()
    {
        Brokers.Require();
        var day = WorkingDay.Now();
        await using var fleet = await Fleet.Start(
            output.WriteLine, new FleetPlan { Replicas = new Dictionary<string, int> { ["orders"] = 2, ["shipments"] = 2 } });
        foreach (var service in new[] { fleet.Service("orders", 2), fleet.Service("shipments", 2) })
        {
            service.Settings["Development:ClockSkew"] = Behind;
            await service.Kill();
            await service.Start();
        }

        var sketch = new OrderSketch { Zone = day.Zone, ShipDates = [day.Today] };
        var orders = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fleet.Shop.PlaceOrder(sketch)));
        foreach (var order in orders)
        {
            var shipment = (await Eventually.Becomes(
                $"{order.Name} is screened", () => fleet.Shop.ShipmentsOf(order.Name), read => read.Count == 1 && read[0].State == State.Ready, Slow)).Single();
            await fleet.Shop.Dispatch(shipment.Name);
        }

        await Invariants.Hold(fleet.DataDirectory, FleetUnderTest.Drained);
        using var files = new DataFiles(fleet.DataDirectory);
        Assert.Equal(orders.Length, files.Count("select count(*) from compliance.permits"));
    }

    private static FleetPlan SkewOf(string skew, params string[] services) => new()
    {
        Settings = services.ToDictionary(
            service => service, IReadOnlyDictionary<string, string> (_) => new Dictionary<string, string> { ["Development:ClockSkew"] = skew }),
    };

    private static async Task<OrderTracking.Shipments.V1.Shipment> Screened(Fleet fleet, WorkingDay day, DateOnly shipDate)
    {
        var order = await fleet.Shop.PlaceOrder(new OrderSketch
        {
            Part = "SKEWED-1",
            Family = "SKEWED",
            Facts = new() { Tpp = 1, PerformanceDensity = 0.1, IoBandwidthGbps = 1, MemoryBandwidthGbps = 1, DesignedForDataCenter = false },
            Zone = day.Zone,
            ShipDates = [shipDate],
        });
        return (await Eventually.Becomes(
            $"{order.Name} is screened", () => fleet.Shop.ShipmentsOf(order.Name), read => read.Count == 1 && read[0].State != State.Planned, Slow)).Single();
    }
}
