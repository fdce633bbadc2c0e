using OrderTracking.TestKit;
using Xunit;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Running;

public class ManyOrdersTests(SystemUnderTest system) : IClassFixture<SystemUnderTest>
{
    private const int Calls = 1_000;
    private const int Distinct = 500;

    [Fact]
    public async Task A_thousand_parallel_calls_with_five_hundred_ids_leave_five_hundred_orders_and_walks()
    {
        var ids = Enumerable.Range(0, Distinct).Select(_ => Shop.NewRequestId()).ToList();
        var orders = await Task.WhenAll(Enumerable.Range(0, Calls).Select(call => system.Shop.PlaceOrder(requestId: ids[call % Distinct])));

        Assert.All(Enumerable.Range(0, Distinct), id => Assert.Equal(orders[id], orders[id + Distinct]));
        Assert.Equal(Distinct, orders.Select(order => order.Name).Distinct().Count());
        await Eventually.Becomes(
            "each order has its one shipment, screened",
            () => system.Shop.Shipments(),
            shipments => shipments.Count == Distinct && shipments.All(shipment => shipment.State == State.Ready),
            TimeSpan.FromSeconds(60));
        await Invariants.Hold(system.Host.DataDirectory);
        using var files = new DataFiles(system.Host.DataDirectory);
        Assert.Equal(Distinct, files.Count("select count(*) from orders.orders"));
        Assert.Equal(Distinct, files.Count("select count(*) from shipments.shipments"));
        Assert.Equal(Distinct, files.Count("select count(*) from compliance.decisions"));
    }
}
