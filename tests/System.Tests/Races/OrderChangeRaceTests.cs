using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.SystemTests.Running;
using OrderTracking.TestKit;
using Xunit;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Races;

/// <summary>An order is amended or cancelled while its shipment is dispatched.</summary>
public class OrderChangeRaceTests(SystemUnderTest system, ITestOutputHelper output) : IClassFixture<SystemUnderTest>
{
    private const long Ordered = 10;
    private const long Amended = 7;
    private static readonly string[] ChangeRefusals = ["SHIPMENT_DISPATCHING", "QUANTITY_ALREADY_SHIPPED", "NOTHING_LEFT_TO_CANCEL"];

    [Fact]
    public async Task A_shipment_leaves_with_the_facts_it_was_permitted_for()
    {
        var results = await Tries.Run(number => Try(number, AmendToSeven));
        await Invariants.Hold(system.Host.DataDirectory);
        foreach (var (order, change, dispatch) in results)
        {
            var shipment = (await system.Shop.ShipmentsOf(order)).Single();
            var quantity = change.Done ? Amended : Ordered;
            Assert.Equal(quantity, shipment.Quantity);
            Assert.Equal(quantity, (await Read(order)).Lines.Single().Quantity);
            Assert.True(change.Done || dispatch.Done, $"{order}: neither was done: {change.Reason}, {dispatch.Reason}");
            Assert.Equal(dispatch.Done, shipment.State is State.Dispatched);
        }

        Tell(results);
    }

    [Fact]
    public async Task A_shipment_leaves_or_is_cancelled_and_never_both()
    {
        var results = await Tries.Run(number => Try(number, Cancel));
        await Invariants.Hold(system.Host.DataDirectory);
        foreach (var (order, change, dispatch) in results)
        {
            Assert.True(change.Done ^ dispatch.Done, $"{order}: {change} {dispatch}");
            var shipment = (await system.Shop.ShipmentsOf(order)).Single();
            Assert.Equal(dispatch.Done ? State.Dispatched : State.Cancelled, shipment.State);
            var told = dispatch.Done ? Order.Types.State.Shipped : Order.Types.State.Cancelled;
            await Eventually.Becomes($"{order} is {told}", () => Read(order), read => read.State == told);
        }

        Tell(results);
    }

    private async Task<(string Order, Answer Change, Answer Dispatch)> Try(int number, Func<string, Task<Order>> change)
    {
        var shipment = (await system.Shop.Screened(new OrderSketch { Units = Ordered })).Single();
        var (changed, dispatched) = await Tries.Race(
            number, () => Answer.Of(() => change(shipment.Order)), () => Answer.Of(() => system.Shop.Dispatch(shipment.Name)));
        return (shipment.Order, changed, dispatched);
    }

    private async Task<Order> AmendToSeven(string name)
    {
        var order = new OrderSketch { Units = Amended }.ToOrder();
        order.Name = name;
        order.Lines[0].Number = 1;
        return await system.Shop.Caller.Orders.AmendOrderAsync(new AmendOrderRequest
        {
            Order = order,
            UpdateMask = new() { Paths = { "lines" } },
            RequestId = Shop.NewRequestId(),
            Reason = "fewer",
        });
    }

    private async Task<Order> Cancel(string name) => await system.Shop.Caller.Orders.CancelOrderAsync(
        new CancelOrderRequest { Name = name, Reason = "not wanted", RequestId = Shop.NewRequestId() });

    private async Task<Order> Read(string name) => await system.Shop.Auditor.Orders.GetOrderAsync(new GetOrderRequest { Name = name });

    private void Tell(IReadOnlyList<(string Order, Answer Change, Answer Dispatch)> results)
    {
        Assert.All(results.Where(result => !result.Change.Done), result => Assert.Contains(result.Change.Reason, ChangeRefusals));
        foreach (var group in results.GroupBy(result => (result.Change, result.Dispatch)))
            output.WriteLine($"{group.Count()} of {results.Count}: change {group.Key.Change}, dispatch {group.Key.Dispatch}");
    }
}
