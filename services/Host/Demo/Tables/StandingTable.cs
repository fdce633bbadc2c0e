using OrderTracking.Shipments.V1;
using Spectre.Console;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.Host.Demo.Tables;

/// <summary>Where everything stands: shipped, held, blocked.</summary>
internal static class StandingTable
{
    private static readonly (string Name, State[] States)[] Standings =
    [
        ("Shipped and delivered", [State.Delivered]),
        ("Shipped, on its way", [State.Dispatched, State.InTransit]),
        ("Recalled at the dock", [State.Recalled]),
        ("Ready to leave", [State.Ready, State.Dispatching, State.Planned]),
        ("Held", [State.Held]),
        ("Blocked", [State.Blocked]),
    ];

    public static Table Of(IReadOnlyList<Shipment> shipments)
    {
        var total = shipments.Sum(shipment => shipment.Value.Dollars());
        var table = Screens.NewTable("What became of the shipments")
            .AddColumns(Screens.Word(""), Screens.Number("Shipments"), Screens.Number("Units"), Screens.Number("USD m"))
            .AddColumn(Screens.Number("Share of value"));
        foreach (var (name, states) in Standings)
        {
            var some = shipments.Where(shipment => states.Contains(shipment.State)).ToList();
            if (some.Count > 0)
                table.AddRow([$"[{states[0].Colour()}]{name}[/]", .. Figures(some, total)]);
        }

        return table.AddEmptyRow().AddRow(["[bold]All[/]", .. Figures(shipments, total)]);
    }

    private static string[] Figures(IReadOnlyCollection<Shipment> some, decimal total)
    {
        var value = some.Sum(shipment => shipment.Value.Dollars());
        var units = some.Sum(shipment => shipment.Quantity);
        return [$"{some.Count}", Screens.Units(units), Screens.Millions(value), Screens.Percent(value / total)];
    }
}
