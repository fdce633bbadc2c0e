using OrderTracking.Shipments.V1;
using Spectre.Console;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.Host.Demo.Tables;

/// <summary>The H20 ordered from China in the first quarter of 2025, before and after the letter of 2025-04-09.</summary>
internal static class QuarterTable
{
    private static readonly DateOnly LetterDay = new(2025, 4, 9);

    public static Table Of(IReadOnlyList<Shipment> shipments, IReadOnlyDictionary<DemoOrder, string> orderNames)
    {
        var orders = orderNames.Where(entry => entry.Key is { Part: "H20", PlacedOn: { Year: 2025, Month: <= 3 } }).ToList();
        var lots = shipments.Where(shipment => orders.Any(order => order.Value == shipment.Order)).ToList();
        var table = Screens.NewTable("H20 ordered from China in the first quarter of 2025 (units, USD m)").AddColumns(
            Screens.Word("Buyer"), Screens.Number("Ordered"), Screens.Number("Left by 2025-04-08"),
            Screens.Number("Left under the licence"), Screens.Number("Held since 2025-04-09"));
        foreach (var (order, name) in orders)
            table.AddRow([order.Buyer.Name, .. Figures([.. lots.Where(lot => lot.Order == name)])]);
        return table.AddEmptyRow().AddRow(["[bold]All[/]", .. Figures(lots)]);
    }

    private static string[] Figures(IReadOnlyList<Shipment> lots)
    {
        var left = lots.Where(lot => lot.ActualShipDate is not null).ToList();
        return
        [
            Figure(lots),
            Figure(left.Where(lot => lot.ActualShipDate.ToDateOnly() < LetterDay)),
            Figure(left.Where(lot => lot.ActualShipDate.ToDateOnly() >= LetterDay)),
            Figure(lots.Where(lot => lot.State is State.Held)),
        ];
    }

    private static string Figure(IEnumerable<Shipment> lots) =>
        $"{Screens.Units(lots.Sum(lot => lot.Quantity)),9} {Screens.Millions(lots.Sum(lot => lot.Value.Dollars())),9}";
}
