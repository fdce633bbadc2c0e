using Google.Type;
using OrderTracking.Orders.V1;
using OrderTracking.Types.V1;

namespace OrderTracking.Host.Demo;

/// <summary>An order of the demo: one part for one buyer, in one or more lots.</summary>
/// <param name="PlacedOn">The day of the simulated clock on which it is placed.</param>
/// <param name="UnitPrice">Illustrative price of one unit, whole US dollars.</param>
internal sealed record DemoOrder(DateOnly PlacedOn, Buyer Buyer, string Exporter, string Part, long UnitPrice, params Lot[] Lots)
{
    /// <summary>Where it leaves; a re-export from Taiwan where that is the nearer plant.</summary>
    public bool FromTaiwan { get; init; }

    public long Units => Lots.Sum(lot => lot.Units);

    /// <summary>The order as the API takes it.</summary>
    public Order ToOrder()
    {
        var order = new Order
        {
            Exporter = Exporter,
            DestinationCountry = Buyer.Country,
            Movement = FromTaiwan ? Movement.Reexport : Movement.Export,
            PlaceOfExport = FromTaiwan
                ? new PlaceOfExport { Country = "TW", TimeZone = "Asia/Taipei" }
                : new PlaceOfExport { Country = "US", TimeZone = "America/Los_Angeles" },
        };
        order.Parties.Add(Buyer.Parties());
        order.Documents.Add(new DocumentReference
        {
            Kind = DocumentReference.Types.Kind.CustomerPurchaseOrder,
            Number = $"DEMO-{PlacedOn:yyyyMMdd}-{Part}",
        });
        order.Lines.Add(Lots.Select(lot => new OrderLine
        {
            Item = new Item { PartNumber = Part },
            Quantity = lot.Units,
            UnitPrice = new Money { CurrencyCode = "USD", Units = UnitPrice },
            RequestedShipDate = lot.ShipDate.ToWire(),
        }));
        return order;
    }
}

/// <summary>Units of an order that shall leave on one day.</summary>
internal sealed record Lot(DateOnly ShipDate, long Units);

/// <summary>Dates between the demo and the wire.</summary>
internal static class WireDates
{
    public static Date ToWire(this DateOnly date) => new() { Year = date.Year, Month = date.Month, Day = date.Day };

    public static DateOnly ToDateOnly(this Date date) => new(date.Year, date.Month, date.Day);
}
