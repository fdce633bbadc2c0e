using Google.Type;
using OrderTracking.Contracts;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Orders;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Types.V1;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Tests;

/// <summary>Orders and events that are right as they are; a test changes what it is about.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2025, 3, 3, 17, 0, 0, TimeSpan.Zero);

    public static V1.Order Order(params long[] quantities) => new()
    {
        Exporter = "NVIDIA",
        Parties = { Party(PartyRole.Purchaser, "Buyer Ltd"), Party(PartyRole.EndUser, "User Ltd") },
        DestinationCountry = "CN",
        PlaceOfExport = new PlaceOfExport { Country = "US", TimeZone = "America/Los_Angeles" },
        Movement = Movement.Export,
        Lines = { (quantities.Length == 0 ? [100] : quantities).Select(Line) },
        Documents = { new DocumentReference { Kind = DocumentReference.Types.Kind.CustomerPurchaseOrder, Number = "PO-1" } },
    };

    public static V1.PlaceOrderRequest Place(params long[] quantities) => new() { Order = Order(quantities) };

    public static V1.OrderLine Line(long quantity) => new()
    {
        Item = new Item { PartNumber = "H20-SXM-96" },
        Quantity = quantity,
        UnitPrice = new Money { CurrencyCode = "USD", Units = 12_000 },
        RequestedShipDate = new Date { Year = 2025, Month = 4, Day = 9 },
    };

    public static Party Party(PartyRole role, string name) => new()
    {
        Role = role,
        Name = name,
        Country = "CN",
        HeadquartersCountry = "CN",
        UltimateParent = new UltimateParent { Country = "CN" },
    };

    public static ShipmentSnapshot Snapshot(Guid orderId, Guid shipmentId, string state, long quantity = 100, long sequence = 1, long revision = 1, int line = 1) => new(
        shipmentId,
        sequence,
        revision,
        state,
        orderId,
        line,
        1,
        new ItemReference("H20-SXM-96", null, null),
        quantity,
        new MoneyAmount("USD", 1),
        "NVIDIA",
        [],
        "CN",
        "US",
        "America/Los_Angeles",
        "EXPORT",
        new DateOnly(2025, 4, 9),
        new DateOnly(2025, 4, 9),
        null,
        null);

    public static ShipmentScreened Screened(Guid orderId, Guid shipmentId, string standing, long number = 1, long revision = 1, params string[] reasons) => new(
        Id(),
        Start,
        "compliance",
        shipmentId,
        orderId,
        revision,
        Id(),
        number,
        number,
        standing == "READY" ? "CLEARED" : standing,
        standing,
        false,
        new DateOnly(2025, 4, 9),
        reasons);

    public static Guid Id() => Guid.CreateVersion7(Start);

    public static OrderLineSnapshot Snapshot(int number, long quantity) =>
        new(number, new ItemReference("H20-SXM-96", null, null), quantity, new MoneyAmount("USD", 1_200_000), new DateOnly(2025, 4, 9));
}
