using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Races;

/// <summary>The promises the races are judged by find what breaks them; a check nobody saw fail checks nothing.</summary>
public sealed class InvariantTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ordertracking-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_broken_promise_is_seen()
    {
        await using (var host = await RunningHost.Start(dataDirectory: _data))
        {
            var shipment = (await host.Shop.Screened()).Single();
            await host.Shop.Dispatch(shipment.Name);
            await host.Shop.Screened();
            await Invariants.Hold(_data);
        }

        foreach (var (tampering, promise) in Tamperings)
            Assert.Contains(BreachesAfter(tampering), breach => breach.StartsWith($"not so: {promise}", StringComparison.Ordinal));
    }

    private static readonly (string Tampering, string Promise)[] Tamperings =
    [
        ("update shipments.shipments set permit_id = null where state = 'DISPATCHED'", "what left has a permit for the very facts"),
        ("update shipments.shipments set revision = revision + 1 where state = 'DISPATCHED'", "what left has a permit for the very facts"),
        ("update shipments.dispatch_attempts set facts_digest = 'other'", "the permit of what left is for facts equal to its own"),
        ("update shipments.shipments set destination_country = 'XX'", "the permit of what left is for facts equal to its own"),
        ("update shipments.shipments set state = 'READY' where state = 'DISPATCHED'", "what counts as permitted has left"),
        ("update shipments.shipments set state = 'RECALLED' where state = 'DISPATCHED'", "what was recalled has no permit that counts"),
        ("update shipments.dispatch_attempts set state = 'OPEN'", "every dispatch ends"),
        ("delete from shipments.planned_orders", "every accepted order is planned, in its last revision"),
        ("update shipments.shipments set quantity = quantity - 1", "the shipments of a line carry what was ordered"),
        ("update shipments.planned_orders set cancelled = 1", "nothing of a cancelled order is left to leave"),
        ("update compliance.shipments set screened_revision = 0 where phase = 'OPEN'", "compliance knows the newest facts"),
        ("delete from orders.order_shipments", "the order service knows the newest state of every shipment"),
        ("update compliance.outbox set published_at = null", "no event waits and none died"),
    ];

    private IReadOnlyList<string> BreachesAfter(string tampering)
    {
        using var files = new DataFiles(_data);
        return files.AfterTampering(tampering, () => Invariants.Breaches(files));
    }
}
