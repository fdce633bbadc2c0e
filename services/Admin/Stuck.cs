using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;

namespace OrderTracking.Admin;

/// <summary>What waits for a step longer than it may, and where to look.</summary>
internal static class Stuck
{
    public static Command[] Commands { get; } =
    [
        new("stuck orders", "[--limit N]", "Lists orders whose next step is overdue, longest overdue first, with age and probable cause.", 0,
            ["--limit"], "OrderService/ListStuckOrders", Orders),
        new("stuck shipments", "[--limit N]", "Lists shipments whose next step is overdue, longest overdue first, with age and probable cause.", 0,
            ["--limit"], "ShipmentService/ListStuckShipments", Shipments),
    ];

    private static async Task<int> Orders(Session session, CancellationToken cancellation)
    {
        var request = new ListStuckOrdersRequest { PageSize = Listed.Page };
        var found = await Listed.Read(session, request, session.Clients.Orders.ListStuckOrdersAsync, page => page.StuckOrders, cancellation);
        return Listed.Show(
            session,
            found,
            ("Order", one => Cell.Id(one.Order)), ("State", one => Cell.Text(one.State)), ("Missing step", one => one.MissingStep), ("Age", one => Cell.Text(one.Age)),
            ("Allowed", one => Cell.Text(one.Allowed)), ("Probable cause", one => one.ProbableCause), ("Shipment", one => Cell.Id(one.Shipment)),
            ("Trace", one => one.TraceId));
    }

    private static async Task<int> Shipments(Session session, CancellationToken cancellation)
    {
        var request = new ListStuckShipmentsRequest { PageSize = Listed.Page };
        var found = await Listed.Read(session, request, session.Clients.Shipments.ListStuckShipmentsAsync, page => page.StuckShipments, cancellation);
        return Listed.Show(
            session,
            found,
            ("Shipment", one => Cell.Id(one.Shipment)), ("State", one => Cell.Text(one.State)), ("Missing step", one => one.MissingStep),
            ("Age", one => Cell.Text(one.Age)), ("Allowed", one => Cell.Text(one.Allowed)), ("Probable cause", one => one.ProbableCause),
            ("Order", one => Cell.Id(one.Order)), ("Trace", one => one.TraceId));
    }
}
