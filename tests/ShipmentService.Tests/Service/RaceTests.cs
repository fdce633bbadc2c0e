using System.Globalization;
using OrderTracking.Contracts.Orders;
using Api = OrderTracking.Shipments.V1;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.ShipmentService.Tests.Service;

/// <summary>A dispatch against what must not happen beside it. ORDERTRACKING_RACES sets how often; the full form is 1,000.</summary>
public sealed class RaceTests : IAsyncLifetime
{
    private const int TriesDefault = 60;
    private ShipmentsHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ShipmentsHost.Start();
        _host.Compliance.Grant();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static int Tries =>
        int.TryParse(Environment.GetEnvironmentVariable("ORDERTRACKING_RACES"), CultureInfo.InvariantCulture, out var tries) ? tries : TriesDefault;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_of_the_order_and_a_dispatch_never_both_win(bool cancel)
    {
        var wins = new int[2];
        await Parallel.ForEachAsync(await ReadyShipments(), async (ready, _) =>
        {
            var (order, shipment) = ready;
            var changed = order with { Revision = 2, DestinationCountry = "CN" };
            var dispatch = Task.Run(
                () => ChangeTests.Outcome(() => _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(shipment)).ResponseAsync));
            var change = Task.Run(
                () => ChangeTests.Outcome(() => _host.Orders.TakeOrderChangeAsync(Shop.Change(changed, cancel)).ResponseAsync));
            var (dispatched, taken) = (await dispatch == "OK", await change);
            var after = await _host.Get(shipment.Name);
            Assert.Equal(dispatched, after.State == State.Dispatched);
            Assert.Equal(dispatched ? "SG" : cancel ? "SG" : "CN", after.DestinationCountry);
            // After the dispatch an amendment of what is left is taken: nothing is left, and nothing of the shipment changes.
            Assert.Contains(taken, !dispatched ? ["OK"] : cancel ? ["SHIPMENT_DISPATCHING", "NOTHING_LEFT_TO_CANCEL"] : (string[])["SHIPMENT_DISPATCHING", "OK"]);
            Interlocked.Increment(ref wins[dispatched ? 0 : 1]);
        });
        Assert.All(_host.Compliance.Questions, question => Assert.Equal(
            ("SG", 1L), (question.Facts.DestinationCountry, question.ShipmentRevision)));
        Assert.Equal(wins[0], _host.Compliance.Permits.Count);
    }

    [Fact]
    public async Task Two_dispatches_of_one_shipment_leave_once()
    {
        await Parallel.ForEachAsync(await ReadyShipments(), async (ready, _) =>
        {
            var calls = Enumerable.Range(0, 2).Select(_ => Task.Run(
                () => ChangeTests.Outcome(() => _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready.Shipment)).ResponseAsync)));
            Assert.Single(await Task.WhenAll(calls), outcome => outcome == "OK");
        });
        Assert.Equal(Tries, _host.Compliance.Permits.Count);
        Assert.Equal(Tries, (await _host.Sent<Contracts.Shipments.ShipmentDispatched>()).Count);
    }

    private async Task<IReadOnlyList<(OrderSnapshot Order, Api.Shipment Shipment)>> ReadyShipments()
    {
        var ready = new List<(OrderSnapshot, Api.Shipment)>();
        var gate = new Lock();
        await Parallel.ForEachAsync(Enumerable.Range(0, Tries), async (_, _) =>
        {
            var (order, shipments) = await _host.PlaceOrder();
            var shipment = await _host.Screen(shipments[0], "READY");
            lock (gate)
                ready.Add((order, shipment));
        });
        return ready;
    }
}
