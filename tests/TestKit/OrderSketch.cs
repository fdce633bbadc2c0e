using Google.Protobuf.WellKnownTypes;
using Google.Type;
using OrderTracking.Orders.V1;
using OrderTracking.Types.V1;

namespace OrderTracking.TestKit;

/// <summary>An order by what a test cares for; the rest is an order nothing restricts: L2 from the United States to Germany.</summary>
public sealed record OrderSketch
{
    public string Part { get; init; } = "L2";

    public long Units { get; init; } = 10;

    public string Exporter { get; init; } = "NVIDIA";

    public string Destination { get; init; } = "DE";

    public string Buyer { get; init; } = "Rechenwerk";

    /// <summary>Headquarters of the buyer; by default the destination.</summary>
    public string? Headquarters { get; init; }

    /// <summary>Country of the ultimate parent; by default it has none.</summary>
    public string? Parent { get; init; }

    /// <summary>The time zone of the place of export.</summary>
    public string Zone { get; init; } = "America/Los_Angeles";

    /// <summary>Price of a unit, whole US dollars.</summary>
    public long UnitPrice { get; init; } = 1_000;

    /// <summary>The requested ship date of each line.</summary>
    public IReadOnlyList<DateOnly> ShipDates { get; init; } = [new DateOnly(2025, 6, 2)];

    /// <summary>Facts stated inline; by default the catalogue's count.</summary>
    public ItemFacts? Facts { get; init; }

    /// <summary>The family stated with inline facts.</summary>
    public string Family { get; init; } = "";

    public static Date Wire(DateOnly date) => new() { Year = date.Year, Month = date.Month, Day = date.Day };

    /// <summary>The order as the API takes it.</summary>
    public Order ToOrder()
    {
        var order = new Order
        {
            Exporter = Exporter,
            DestinationCountry = Destination,
            Movement = Movement.Export,
            PlaceOfExport = new PlaceOfExport { Country = "US", TimeZone = Zone },
        };
        order.Parties.Add([PartyAs(PartyRole.Purchaser), PartyAs(PartyRole.EndUser)]);
        order.Documents.Add(new DocumentReference { Kind = DocumentReference.Types.Kind.CustomerPurchaseOrder, Number = "PO-1" });
        order.Lines.Add(ShipDates.Select(date => new OrderLine
        {
            Item = new Item { PartNumber = Part, Family = Family, Facts = Facts?.Clone() },
            Quantity = Units,
            UnitPrice = new Money { CurrencyCode = "USD", Units = UnitPrice },
            RequestedShipDate = Wire(date),
        }));
        return order;
    }

    private Party PartyAs(PartyRole role) => new()
    {
        Role = role,
        Name = Buyer,
        Country = Destination,
        HeadquartersCountry = Headquarters ?? Destination,
        UltimateParent = Parent is null ? new UltimateParent { None = new Empty() } : new UltimateParent { Country = Parent },
    };
}
