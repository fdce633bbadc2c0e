using Google.Type;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.OrderService.Orders;
using OrderTracking.Types.V1;
using OrderTracking.Wire;
using Xunit;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Tests.Orders;

public sealed class OrderParserTests
{
    [Fact]
    public void A_whole_order_is_read_and_written_back()
    {
        var order = Sample.Order(100, 50);
        order.DeliveryAddress = new PostalAddress { RegionCode = "CN", AddressLines = { "1 Example Road" } };
        order.Lines[0].Number = 10;
        order.Lines[1].Number = 20;
        var content = OrderParser.Parse(order, null, Sample.Start, new Violations())!;
        var written = new V1.Order();
        OrderWire.Write(content, written);
        Assert.Equal(order, written);
    }

    [Fact]
    public void Lines_without_a_number_get_the_next_ones_and_numbers_are_never_given_again()
    {
        var order = Sample.Order(1, 2, 3);
        order.Lines[1].Number = 7;
        var placed = OrderParser.Parse(order, null, Sample.Start, new Violations())!;
        Assert.Equal([8, 7, 9], placed.Lines.Select(line => line.Number));
        var shorter = Sample.Order(1);
        shorter.Lines[0].Number = 7;
        var amended = OrderParser.Parse(shorter, placed, Sample.Start, new Violations())!;
        var again = OrderParser.Parse(Sample.Order(5), amended, Sample.Start, new Violations())!;
        Assert.Equal(10, again.Lines.Single().Number);
    }

    [Fact]
    public void A_requested_date_that_stands_may_have_gone_by()
    {
        var placed = OrderParser.Parse(Sample.Order(1), null, Sample.Start, new Violations())!;
        var later = Sample.Start.AddYears(1);
        var same = Sample.Order(2);
        same.Lines[0].Number = 1;
        Assert.Empty(Reasons(same, placed, later));
        same.Lines[0].RequestedShipDate = new Date { Year = 2025, Month = 5, Day = 1 };
        Assert.Equal(["SHIP_DATE_BEFORE_ORDER"], Reasons(same, placed, later));
    }

    [Fact]
    public void Today_is_today_at_the_place_of_export()
    {
        var order = Sample.Order(1);
        order.Lines[0].RequestedShipDate = new Date { Year = 2025, Month = 4, Day = 8 };
        Assert.Empty(Reasons(order, null, DateTimeOffset.Parse("2025-04-09T06:59:00Z", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(["SHIP_DATE_BEFORE_ORDER"], Reasons(order, null, DateTimeOffset.Parse("2025-04-09T07:00:00Z", System.Globalization.CultureInfo.InvariantCulture)));
    }

    public static TheoryData<string, Action<V1.Order>> Faults => new()
    {
        { "EXPORTER_INVALID", order => order.Exporter = "nvidia" },
        { "PARTIES_MISSING", order => order.Parties.Clear() },
        { "PURCHASER_NOT_ONE", order => order.Parties.Add(Sample.Party(PartyRole.Purchaser, "Another")) },
        { "PURCHASER_NOT_ONE", order => order.Parties.RemoveAt(0) },
        { "CONSIGNEE_MISSING", order => order.Parties.RemoveAt(1) },
        { "PARTIES_TOO_MANY", order => order.Parties.Add(Enumerable.Repeat(Sample.Party(PartyRole.EndUser, "X"), Limits.PartiesMax)) },
        { "COUNTRY_UNKNOWN", order => order.DestinationCountry = "XX" },
        { "COUNTRY_MISSING", order => order.DestinationCountry = "" },
        { "PLACE_OF_EXPORT_MISSING", order => order.PlaceOfExport = null },
        { "TIME_ZONE_UNKNOWN", order => order.PlaceOfExport.TimeZone = "Mars/Olympus" },
        { "MOVEMENT_MISSING", order => order.Movement = Movement.Unspecified },
        { "ADDRESS_COUNTRY_MISMATCH", order => order.DeliveryAddress = new PostalAddress { RegionCode = "SG" } },
        { "ADDRESS_TOO_LONG", order => order.DeliveryAddress = new PostalAddress { AddressLines = { new string('x', OrderLimits.AddressBytesMax) } } },
        { "LINES_MISSING", order => order.Lines.Clear() },
        { "LINES_TOO_MANY", order => order.Lines.Add(Enumerable.Repeat(Sample.Line(1), OrderLimits.LinesMax)) },
        { "LINE_NUMBER_INVALID", order => order.Lines[0].Number = -1 },
        { "LINE_NUMBER_INVALID", order => order.Lines[0].Number = OrderLimits.LineNumberMax + 1 },
        { "LINE_NUMBER_INVALID", order => order.Lines[1].Number = order.Lines[0].Number = 3 },
        { "QUANTITY_NOT_POSITIVE", order => order.Lines[0].Quantity = 0 },
        { "QUANTITY_NOT_POSITIVE", order => order.Lines[0].Quantity = -1 },
        { "QUANTITY_TOO_LARGE", order => order.Lines[0].Quantity = Limits.QuantityUnitsMax + 1 },
        { "ITEM_MISSING", order => order.Lines[0].Item = null },
        { "PART_NUMBER_INVALID", order => order.Lines[0].Item.PartNumber = "" },
        { "MONEY_MISSING", order => order.Lines[0].UnitPrice = null },
        { "MONEY_NEGATIVE", order => order.Lines[0].UnitPrice.Units = -1 },
        { "MONEY_DOES_NOT_FIT_CURRENCY", order => order.Lines[0].UnitPrice.Nanos = 1 },
        { "CURRENCY_UNKNOWN", order => order.Lines[0].UnitPrice.CurrencyCode = "XXX" },
        { "CURRENCY_MISMATCH", order => order.Lines[1].UnitPrice.CurrencyCode = "EUR" },
        { "ORDER_VALUE_TOO_LARGE", order => order.Lines[0].UnitPrice.Units = 9_000_000_000_000_000 },
        { "SHIP_DATE_MISSING", order => order.Lines[0].RequestedShipDate = null },
        { "DATE_INVALID", order => order.Lines[0].RequestedShipDate.Day = 31 },
        { "SHIP_DATE_BEFORE_ORDER", order => order.Lines[0].RequestedShipDate = new Date { Year = 2025, Month = 3, Day = 2 } },
        { "DOCUMENTS_TOO_MANY", order => order.Documents.Add(Enumerable.Repeat(order.Documents[0], OrderLimits.DocumentsMax)) },
        { "DOCUMENT_KIND_MISSING", order => order.Documents[0].Kind = DocumentReference.Types.Kind.Unspecified },
        { "TEXT_MISSING", order => order.Documents[0].Number = " " },
        { "TEXT_TOO_LONG", order => order.Documents[0].Number = new string('1', OrderLimits.DocumentNumberCharactersMax + 1) },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_fault_has_its_reason(string reason, Action<V1.Order> spoil)
    {
        var order = Sample.Order(100, 50);
        spoil(order);
        Assert.Equal([reason], Reasons(order, null, Sample.Start));
    }

    [Fact]
    public void No_order_is_a_fault_too() => Assert.Equal(["ORDER_MISSING"], Reasons(null, null, Sample.Start));

    [Fact]
    public void An_empty_order_is_told_everything_at_once() => Assert.Equal(
        ["EXPORTER_INVALID", "PARTIES_MISSING", "COUNTRY_MISSING", "PLACE_OF_EXPORT_MISSING", "MOVEMENT_MISSING", "LINES_MISSING"],
        Reasons(new V1.Order(), null, Sample.Start));

    private static IReadOnlyList<string> Reasons(V1.Order? order, OrderContent? current, DateTimeOffset now)
    {
        var violations = new Violations();
        Assert.Equal(OrderParser.Parse(order, current, now, violations) is null, violations.Any);
        return [.. violations.Found.Select(violation => violation.Reason)];
    }
}
