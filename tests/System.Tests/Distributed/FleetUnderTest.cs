using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using Xunit;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>One fleet for the tests of a class; each leaves it whole.</summary>
public sealed class FleetUnderTest : IAsyncLifetime
{
    /// <summary>How long a backlog may take on a busy machine.</summary>
    public static readonly TimeSpan Drained = TimeSpan.FromSeconds(90);

    private Fleet? _fleet;

    public Fleet Fleet => _fleet ?? throw new InvalidOperationException("There is no broker; the test should have been skipped.");

    public WorkingDay Day { get; } = WorkingDay.Now();

    public Shop Shop => Fleet.Shop;

    /// <summary>An order nothing restricts, to leave today.</summary>
    public OrderSketch Sketch => new() { Zone = Day.Zone, ShipDates = [Day.Today] };

    public async ValueTask InitializeAsync()
    {
        if (BrokerNode.IsInstalled)
            _fleet = await Fleet.Start(line => TestContext.Current.SendDiagnosticMessage(line));
    }

    public async ValueTask DisposeAsync()
    {
        if (_fleet is not null)
            await _fleet.DisposeAsync();
    }

    /// <summary>Places orders, all at once.</summary>
    public Task<Order[]> Place(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Shop.PlaceOrder(Sketch)));

    /// <summary>The shipment of a new order, once it may leave.</summary>
    public async Task<Shipment> Ready() => await Ready(await Shop.PlaceOrder(Sketch));

    /// <summary>The shipment of an order, once it may leave.</summary>
    public async Task<Shipment> Ready(Order order) => (await Eventually.Becomes(
        $"the shipment of {order.Name} is ready",
        () => Shop.ShipmentsOf(order.Name),
        shipments => shipments.Count == 1 && shipments[0].State == OrderTracking.Shipments.V1.Shipment.Types.State.Ready,
        Drained)).Single();

    /// <summary>Waits until every promise is kept.</summary>
    public Task AtRest() => Invariants.Hold(Fleet.DataDirectory, Drained);

    /// <summary>How many events of a database wait to be published.</summary>
    public long Unpublished(string database)
    {
        using var files = new DataFiles(Fleet.DataDirectory);
        return files.Count($"select count(*) from {database}.outbox where published_at is null");
    }
}
