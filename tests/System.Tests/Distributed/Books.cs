using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>Counts what a fleet's databases hold at rest against what was walked: nothing lost, nothing doubled.</summary>
internal static class Books
{
    // Who takes what. An event is taken once by each of its consumers, however often it came.
    private static readonly (string Database, string Consumer, string[] Events)[] Taken =
    [
        ("shipments", "shipments/TakeOrderEvents", ["orders.order-placed", "orders.order-amended", "orders.order-cancelled"]),
        ("shipments", "shipments/ScreenShipment", ["compliance.shipment-screened"]),
        ("shipments", "shipments/RecallShipment", ["compliance.permit-revoked"]),
        ("orders", "orders/TakeShipmentEvents", ["shipments.%"]),
        ("orders", "orders/TakeComplianceEvents", [
            "compliance.shipment-screened", "compliance.hold-%", "compliance.release-%",
            "compliance.permit-granted", "compliance.permit-revoked"]),
        ("compliance", "compliance/FollowShipments", ["shipments.%"]),
        ("compliance", "compliance/IndexOrders", ["orders.order-placed", "orders.order-amended"]),
    ];

    /// <summary>Checks everything that can be counted and tells the counts.</summary>
    public static void Agree(DataFiles files, IReadOnlyCollection<Walked> walked, Action<string> tell)
    {
        Assert.Equal(walked.Count, walked.Select(order => order.Name).Distinct().Count());
        Assert.Equal(walked.Select(order => order.Name).Order(), files.Query<string>("select 'orders/' || id from orders.orders").Order());
        // A cancelled line may have been cancelled before it was planned; every other has its one shipment.
        var lines = walked.Where(order => order.Fate != Fate.Cancelled).Sum(order => order.Lines);
        Assert.Equal(lines, files.Count("select count(*) from shipments.shipments where state <> 'CANCELLED'"));
        Assert.Equal(lines, files.Count("select count(distinct order_name || ' ' || line_number) from shipments.shipments where state <> 'CANCELLED'"));
        EveryOrderIsAtItsEnd(files, walked);
        var left = walked.Where(order => order.Fate.IsDelivered()).Sum(order => order.Lines);
        Assert.Equal(left, files.Count("select count(*) from compliance.permits"));
        Assert.Equal(left, Events(files, "compliance.permit-granted"));
        Assert.Equal(left, Events(files, "shipments.shipment-dispatched"));
        Assert.Equal(4 * left, Events(files, "shipments.shipment-milestone-recorded"));
        Assert.Equal(walked.Count, Events(files, "orders.order-placed"));
        Assert.Equal(walked.Count(order => order.Fate == Fate.Cancelled), Events(files, "orders.order-cancelled"));
        Assert.Equal(walked.Count(order => order.Fate == Fate.Amended), Events(files, "orders.order-amended"));
        TheLicenceIsExact(files, walked);
        var taken = EveryEventWasTakenOnce(files);
        tell($"{walked.Count} orders, {lines} shipments, {left} permits, {taken} events taken; "
            + string.Join(", ", walked.CountBy(order => order.Fate).OrderBy(fate => fate.Key).Select(fate => $"{fate.Key} {fate.Value}")));
    }

    private static void EveryOrderIsAtItsEnd(DataFiles files, IReadOnlyCollection<Walked> walked)
    {
        var states = files.Query<(string Name, string State)>("select order_name, state from shipments.shipments").ToLookup(row => row.Name, row => row.State);
        foreach (var order in walked)
        {
            var end = order.Fate switch { Fate.Cancelled => "CANCELLED", Fate.Blocked => "BLOCKED", Fate.Held => "HELD", _ => "DELIVERED" };
            Assert.All(states[order.Name], state => Assert.Equal(end, state));
        }
    }

    private static void TheLicenceIsExact(DataFiles files, IReadOnlyCollection<Walked> walked)
    {
        var licensed = walked.Where(order => order.Fate == Fate.Licensed).Sum(order => order.Units);
        var line = files.Query<(long Reserved, long Drawn)>("select reserved_quantity, drawn_quantity from compliance.licence_lines").Single();
        Assert.Equal((0, licensed), line);
    }

    private static long EveryEventWasTakenOnce(DataFiles files)
    {
        var all = 0L;
        foreach (var (database, consumer, events) in Taken)
        {
            var sent = events.Sum(type => Events(files, type));
            Assert.True(sent > 0 || events[0].EndsWith("revoked", StringComparison.Ordinal), $"nothing was sent to {consumer}");
            var taken = files.Count($"select count(*) from {database}.inbox where consumer = @consumer", new { consumer });
            Assert.True(sent == taken, $"{consumer} took {taken} of {sent} events");
            all += taken;
        }

        return all;
    }

    private static long Events(DataFiles files, string type) =>
        files.Count($"select count(*) from {type[..type.IndexOf('.', StringComparison.Ordinal)]}.outbox where type like @type", new { type });
}
