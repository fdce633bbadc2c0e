using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.OrderService.Orders;
using Xunit;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Tests.Orders;

public sealed class DescribeChangeTests
{
    [Fact]
    public void Every_change_is_told_with_its_old_value()
    {
        var order = Sample.Order(100, 50, 10);
        var before = Read(order, null);
        order.DestinationCountry = "SG";
        order.Parties[0].Name = "Other Ltd";
        order.Documents.Clear();
        order.Lines[0].Number = 1;
        order.Lines[0].Quantity = 70;
        order.Lines[0].RequestedShipDate.Day = 30;
        order.Lines[1].Number = 2;
        order.Lines.RemoveAt(2);
        order.Lines.Add(Sample.Line(5));
        Assert.Equal(
            "destination CN to SG; parties Buyer Ltd, User Ltd to Other Ltd, User Ltd; documents; line 3: taken out, 10 units of H20-SXM-96; "
            + "line 1: quantity 100 to 70, requested ship date 2025-04-09 to 2025-04-30; line 4: new, 5 units of H20-SXM-96",
            DescribeChange.Of(before, Read(order, before)));
    }

    [Fact]
    public void Many_changes_are_counted()
    {
        var order = Sample.Order([.. Enumerable.Repeat(1L, 30)]);
        var before = Read(order, null);
        foreach (var line in order.Lines)
            line.Quantity = 2;
        for (var index = 0; index < 30; index++)
            order.Lines[index].Number = index + 1;
        Assert.EndsWith("line 20: quantity 1 to 2; and 10 more", DescribeChange.Of(before, Read(order, before)), StringComparison.Ordinal);
    }

    private static OrderContent Read(V1.Order order, OrderContent? current) => OrderParser.Parse(order, current, Sample.Start, new Violations())!;
}
