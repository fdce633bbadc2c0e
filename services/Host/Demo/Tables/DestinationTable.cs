using OrderTracking.Shipments.V1;
using Spectre.Console;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.Host.Demo.Tables;

/// <summary>Where the value goes, China first.</summary>
internal static class DestinationTable
{
    private const string China = "CN";
    private static readonly State[] Gone = [State.Dispatched, State.InTransit, State.Delivered];

    public static Table Of(IReadOnlyList<Shipment> shipments)
    {
        var total = shipments.Sum(shipment => shipment.Value.Dollars());
        var china = Screens.Percent(Value(shipments.Where(shipment => shipment.DestinationCountry == China)) / total);
        var table = Screens.NewTable($"Where the value goes: China is {china} of what was ordered (USD m)").AddColumns(
            Screens.Word("Destination"), Screens.Number("Units"), Screens.Number("Ordered"), Screens.Number("Share"),
            Screens.Number("Shipped"), Screens.Number("Held"), Screens.Number("Blocked"), Screens.Number("Recalled"));
        var destinations = shipments.GroupBy(shipment => shipment.DestinationCountry);
        foreach (var group in destinations.OrderByDescending(group => group.Key == China).ThenByDescending(Value))
        {
            table.AddRow(
                group.Key == China ? $"[bold]{China}[/]" : group.Key,
                Screens.Units(group.Sum(shipment => shipment.Quantity)),
                Screens.Millions(Value(group)),
                Screens.Percent(Value(group) / total),
                InState(group, Gone),
                InState(group, State.Held),
                InState(group, State.Blocked),
                InState(group, State.Recalled));
        }

        return table;
    }

    private static decimal Value(IEnumerable<Shipment> shipments) => shipments.Sum(shipment => shipment.Value.Dollars());

    private static string InState(IEnumerable<Shipment> shipments, params State[] states)
    {
        var value = Value(shipments.Where(shipment => states.Contains(shipment.State)));
        return value == 0 ? "" : Screens.Millions(value);
    }
}
