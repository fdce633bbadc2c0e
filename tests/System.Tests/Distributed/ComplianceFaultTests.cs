using System.Diagnostics;
using Google.Rpc;
using Grpc.Core;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using Xunit;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>Compliance is away, or answers too late: orders are taken, nothing leaves, and everything goes on by itself afterwards.</summary>
public sealed class ComplianceFaultTests(FleetUnderTest system, ITestOutputHelper output) : IClassFixture<FleetUnderTest>
{
    private const string Unreachable = "COMPLIANCE_UNREACHABLE";
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task While_compliance_is_away_orders_are_taken_and_nothing_leaves()
    {
        Brokers.Require();
        var ready = await system.Ready();
        var compliance = system.Fleet.Service("compliance");
        await compliance.Kill();
        var orders = await system.Place(10);
        var requestId = Shop.NewRequestId();
        await IsRefusedForNow(ready, requestId);
        foreach (var order in orders)
            await Eventually.Becomes($"{order.Name} is planned", () => system.Shop.ShipmentsOf(order.Name), planned => planned.Count == 1, FleetUnderTest.Drained);
        foreach (var order in orders)
        {
            var planned = (await system.Shop.ShipmentsOf(order.Name)).Single();
            Assert.Equal(State.Planned, planned.State);
            var refused = await Assert.ThrowsAsync<RpcException>(() => system.Shop.Dispatch(planned.Name));
            Assert.Equal("SHIPMENT_NOT_READY", Patience.ReasonOf(refused));
        }

        Assert.Equal(State.Dispatching, (await system.Shop.Shipment(ready.Name)).State);
        var since = Stopwatch.GetTimestamp();
        await compliance.Start();
        // Nobody repeats anything.
        await Becomes(ready.Name, State.Dispatched);
        foreach (var order in orders)
            await system.Ready(order);
        output.WriteLine($"everything caught up {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after compliance was started");
        Assert.Equal(State.Dispatched, (await system.Shop.Dispatch(ready.Name, requestId)).State);
        Assert.Equal(1, PermitsOf(ready));
        await system.AtRest();
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_no_pass_and_a_kill_in_between_makes_no_second_permit()
    {
        Brokers.Require();
        var ready = await system.Ready();
        var link = system.Fleet.LinkTo("compliance");
        link.StallAnswers();
        try
        {
            var dispatching = IsRefusedForNow(ready, Shop.NewRequestId());
            await Eventually.Becomes("compliance has committed the permit", () => Task.FromResult(PermitsOf(ready) == 1));
            Assert.Equal(State.Dispatching, (await system.Shop.Shipment(ready.Name)).State);
            await dispatching;
            Assert.Equal(State.Dispatching, (await system.Shop.Shipment(ready.Name)).State);
            await system.Fleet.Service("shipments").Kill();
        }
        finally
        {
            link.Pass();
        }

        await system.Fleet.Service("shipments").Start();
        var left = await Becomes(ready.Name, State.Dispatched);
        Assert.Equal(1, PermitsOf(ready));
        using var files = new DataFiles(system.Fleet.DataDirectory);
        Assert.Equal(left.Permit, "permits/" + files.Query<string>("select permit_id from compliance.permits where shipment = @Name", new { ready.Name }).Single());
        await system.AtRest();
    }

    [Fact]
    public async Task A_network_that_loses_compliance_half_way_stops_the_goods_and_not_the_orders()
    {
        Brokers.Require();
        var ready = await system.Ready();
        var link = system.Fleet.LinkTo("compliance");
        link.Stall();
        try
        {
            await IsRefusedForNow(ready, Shop.NewRequestId());
            Assert.Equal(0, PermitsOf(ready));
            await system.Place(3);
        }
        finally
        {
            link.Pass();
            link.Reset();
        }

        await Becomes(ready.Name, State.Dispatched);
        Assert.Equal(1, PermitsOf(ready));
        await system.AtRest();
    }

    private async Task IsRefusedForNow(Shipment shipment, string requestId)
    {
        var began = Stopwatch.GetTimestamp();
        var refused = await Assert.ThrowsAsync<RpcException>(() => system.Shop.Dispatch(shipment.Name, requestId));
        Assert.Equal((StatusCode.Unavailable, Unreachable), (refused.StatusCode, Patience.ReasonOf(refused)));
        Assert.NotNull(refused.GetRpcStatus()?.GetDetail<RetryInfo>());
        Assert.True(Stopwatch.GetElapsedTime(began) < AnsweredWithin, $"{Stopwatch.GetElapsedTime(began)}");
    }

    private Task<Shipment> Becomes(string shipment, State state) => Eventually.Becomes(
        $"{shipment} is {state}", () => system.Shop.Shipment(shipment), read => read.State == state, FleetUnderTest.Drained);

    private long PermitsOf(Shipment shipment)
    {
        using var files = new DataFiles(system.Fleet.DataDirectory);
        return files.Count("select count(*) from compliance.permits where shipment = @Name", new { shipment.Name });
    }
}
