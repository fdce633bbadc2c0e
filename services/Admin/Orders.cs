using OrderTracking.Orders.V1;

namespace OrderTracking.Admin;

/// <summary>Where an order is, and how it came there.</summary>
internal static class Orders
{
    public static Command[] Commands { get; } =
    [
        new("orders show", "ORDER", "Shows where an order is: its lines, its shipments and what keeps them.", 1, [], "OrderService/GetOrder", Show),
        new("orders timeline", "ORDER", "Tells everything that happened to an order, by when it happened, with when it was recorded and its trace.", 1, [],
            "OrderService/GetOrderTimeline", Timeline),
    ];

    private static async Task<int> Show(Session session, CancellationToken cancellation)
    {
        var order = await session.Clients.Orders.GetOrderAsync(new GetOrderRequest { Name = session.Name("orders") }, cancellationToken: cancellation);
        session.Output.One(
            order,
            ("Order", one => one.Name), ("State", one => Cell.Text(one.State)), ("Units", one => Units(one.Quantities)), ("Value", one => Cell.Text(one.TotalValue)),
            ("Exporter", one => one.Exporter), ("To", one => one.DestinationCountry),
            ("Parties", one => Cell.Lines(one.Parties.Select(party => $"{Cell.Text(party.Role)} {party.Name} ({party.Country})"))),
            ("Documents", one => string.Join(", ", one.Documents.Select(document => document.Number))), ("Placed", one => Cell.Text(one.CreateTime)),
            ("Changed", one => Cell.Text(one.UpdateTime)), ("Revision", one => Cell.Text(one.Revision)), ("Etag", one => one.Etag));
        session.Output.Part(
            "Lines",
            order.Lines,
            ("Line", one => Cell.Text(one.Number)), ("Part", one => one.Item.PartNumber), ("Units", one => Cell.Text(one.Quantity)),
            ("Unit price", one => Cell.Text(one.UnitPrice)), ("Asked for", one => Cell.Text(one.RequestedShipDate)));
        session.Output.Part(
            "Shipments",
            order.Shipments,
            ("Shipment", one => Cell.Id(one.Shipment)), ("Line", one => Cell.Text(one.LineNumber)), ("Units", one => Cell.Text(one.Quantity)),
            ("State", one => one.State), ("Planned", one => Cell.Text(one.PlannedShipDate)), ("Kept by", one => Cell.Lines(one.Reasons)));
        return ExitCode.Done;
    }

    private static string Units(Quantities units) => string.Join(", ", new[]
    {
        (units.Ordered, "ordered"), (units.Planned, "planned"), (units.Held, "held"), (units.Blocked, "blocked"), (units.Ready, "ready"), (units.Shipped, "shipped"),
        (units.Delivered, "delivered"), (units.Recalled, "recalled"), (units.Returned, "returned"), (units.Cancelled, "cancelled"),
    }.Where(one => one.Item1 > 0).Select(one => $"{Cell.Text(one.Item1)} {one.Item2}"));

    private static async Task<int> Timeline(Session session, CancellationToken cancellation)
    {
        var request = new GetOrderTimelineRequest { Name = session.Name("orders") };
        var timeline = await session.Clients.Orders.GetOrderTimelineAsync(request, cancellationToken: cancellation);
        session.Output.List(
            timeline.Entries,
            ("Happened", one => Cell.Text(one.EventTime)), ("Recorded", one => Cell.Text(one.RecordTime)), ("What", one => one.Kind), ("Summary", one => one.Summary),
            ("By", one => one.Actor), ("About", one => one.Resource), ("Trace", one => one.TraceId));
        return ExitCode.Done;
    }
}
