using System.Diagnostics;
using OrderTracking.TestKit;
using Xunit;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>The broker is away, cut off or slow: orders are taken, and what waits is sent without anyone's help.</summary>
public sealed class BrokerFaultTests(FleetUnderTest system, ITestOutputHelper output) : IClassFixture<FleetUnderTest>
{
    private const int Orders = 20;
    private static readonly TimeSpan FlipWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task While_the_broker_is_down_orders_are_taken_and_wait()
    {
        Brokers.Require();
        await system.Ready();
        await system.Fleet.Broker.Kill();
        await system.Fleet.BrokerIsSeen(Serving.NotServing, FlipWithin);
        foreach (var service in system.Fleet.Services)
            Assert.Equal(Serving.Serving, await service.Health());
        var orders = await system.Place(Orders);
        Assert.True(system.Unpublished("orders") >= Orders, $"{system.Unpublished("orders")} wait");
        Assert.Empty(await system.Shop.ShipmentsOf(orders[0].Name));
        var since = Stopwatch.GetTimestamp();
        await system.Fleet.Broker.Start();
        foreach (var order in orders)
            await system.Ready(order);
        output.WriteLine($"{Orders} orders were screened {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after the broker was started");
        await system.Fleet.BrokerIsSeen(Serving.Serving, FleetUnderTest.Drained);
        await system.AtRest();
    }

    [Fact]
    public async Task A_network_that_goes_silent_and_breaks_off_loses_nothing()
    {
        Brokers.Require();
        system.Fleet.BrokerLink.Stall();
        var orders = await system.Place(Orders);
        await Task.Delay(Cut);
        orders = [.. orders, .. await system.Place(Orders)];
        foreach (var service in system.Fleet.Services)
            Assert.Equal(Serving.Serving, await service.Health());
        system.Fleet.BrokerLink.Refuse();
        await system.Fleet.BrokerIsSeen(Serving.NotServing, FlipWithin);
        system.Fleet.BrokerLink.Pass();
        foreach (var order in orders)
            await system.Ready(order);
        await system.AtRest();
    }

    [Fact]
    public async Task A_slow_network_makes_events_late_and_loses_none()
    {
        Brokers.Require();
        system.Fleet.BrokerLink.Delay = TimeSpan.FromMilliseconds(200);
        // So that everything is opened over the slow way too.
        system.Fleet.BrokerLink.Reset();
        var began = Stopwatch.GetTimestamp();
        var orders = await system.Place(Orders);
        var taken = Stopwatch.GetElapsedTime(began);
        foreach (var order in orders)
            await system.Ready(order);
        output.WriteLine($"{Orders} orders were taken in {taken.TotalSeconds:0.0} s and screened in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        system.Fleet.BrokerLink.Pass();
        await system.AtRest();
    }
}
