using OrderTracking.Shipments.V1;
using Spectre.Console;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.Host.Demo;

/// <summary>Where the value goes, China first.</summary>
internal static class DestinationTable
{
    private static readonly State[] Gone = [State.Dispatched, State.InTransit, State.Delivered];

    public static Table Of(IReadOnlyList<Shipment> shipments)
    {
        var total = shipments.Sum(shipment => shipment.Value.Dollars());
        var china = shipments.Where(shipment => shipment.DestinationCountry == "CN").Sum(shipment => shipment.Value.Dollars());
        var table = Screens.NewTable($"Where the value goes: China is {Screens.Percent(china / total)} of what was ordered (USD m)").AddColumns(
            Screens.Word("Destination"), Screens.Number("Units"), Screens.Number("Ordered"), Screens.Number("Share"),
            Screens.Number("Shipped"), Screens.Number("Held"), Screens.Number("Blocked"), Screens.Number("Recalled"));
        foreach (var group in shipments.GroupBy(shipment => shipment.DestinationCountry).OrderByDescending(group => group.Key == "CN").ThenByDescending(Value))
            table.AddRow(
                group.Key == "CN" ? "[bold]CN[/]" : group.Key,
                Screens.Units(group.Sum(shipment => shipment.Quantity)),
                Screens.Millions(Value(group)),
                Screens.Percent(Value(group) / total),
                InState(group, Gone),
                InState(group, State.Held),
                InState(group, State.Blocked),
                InState(group, State.Recalled));
        return table;
    }

    private static decimal Value(IEnumerable<Shipment> shipments) => shipments.Sum(shipment => shipment.Value.Dollars());

    private static string InState(IEnumerable<Shipment> shipments, params State[] states)
    {
        var value = Value(shipments.Where(shipment => states.Contains(shipment.State)));
        return value == 0 ? "" : Screens.Millions(value);
    }
}
