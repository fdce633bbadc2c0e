using CsCheck;
using OrderTracking.OrderService.Orders;
using OrderTracking.OrderService.Shipments;
using Xunit;
using State = OrderTracking.Orders.V1.Order.Types.State;

namespace OrderTracking.OrderService.Tests.Orders;

public sealed class DeriveTests
{
    private static readonly string[] States =
        ["PLANNED", "HELD", "BLOCKED", "READY", "DISPATCHING", "DISPATCHED", "RECALLED", "IN_TRANSIT", "DELIVERED", "RETURNED", "CANCELLED"];

    private static readonly Gen<(int Line, string State, int Quantity)[]> Shipments =
        Gen.Select(Gen.Int[1, 3], Gen.OneOfConst(States), Gen.Int[1, 60]).Array[0, 8];

    /// <summary>An order of two lines of 50, its shipments as line:state:units, and what follows.</summary>
    [Theory]
    [InlineData("", State.Placed)]
    [InlineData("1:PLANNED:50 2:PLANNED:50", State.Placed)]
    [InlineData("1:READY:50", State.Placed)]
    [InlineData("1:READY:50 2:PLANNED:50", State.Placed)]
    [InlineData("1:READY:50 2:READY:50", State.Ready)]
    [InlineData("1:READY:50 2:DISPATCHING:50", State.Ready)]
    [InlineData("1:HELD:50 2:READY:50", State.PartlyHeld)]
    [InlineData("1:BLOCKED:50", State.PartlyHeld)]
    [InlineData("1:HELD:50 2:BLOCKED:50", State.Held)]
    [InlineData("1:HELD:50 2:RECALLED:50", State.Held)]
    [InlineData("1:HELD:50 2:DISPATCHED:50", State.PartlyShipped)]
    [InlineData("1:DISPATCHED:10 1:HELD:40 2:BLOCKED:50", State.PartlyShipped)]
    [InlineData("1:DELIVERED:50 2:READY:50", State.PartlyShipped)]
    [InlineData("1:IN_TRANSIT:50 2:DISPATCHED:50", State.Shipped)]
    [InlineData("1:IN_TRANSIT:50 2:DELIVERED:50", State.Shipped)]
    [InlineData("1:DELIVERED:50 2:DELIVERED:50", State.Delivered)]
    [InlineData("1:DELIVERED:50 2:CANCELLED:50", State.Delivered)]
    [InlineData("1:RETURNED:50 2:DELIVERED:50", State.Delivered)]
    [InlineData("1:HELD:50 2:CANCELLED:50", State.Held)]
    [InlineData("1:CANCELLED:50 2:CANCELLED:50", State.Cancelled)]
    [InlineData("1:RETURNED:50 2:CANCELLED:50", State.Cancelled)]
    public void The_state_follows_from_the_quantities(string shipments, State state) =>
        Assert.Equal(state, Order.Derive([Sample.Snapshot(1, 50), Sample.Snapshot(2, 50)], cancelled: false, Views(shipments)).State);

    [Theory]
    [InlineData("", State.Cancelled)]
    [InlineData("1:PLANNED:50 2:READY:50", State.Cancelled)]
    [InlineData("1:DISPATCHED:50 2:HELD:50", State.Shipped)]
    [InlineData("1:DISPATCHED:10 1:READY:40 2:CANCELLED:50", State.Shipped)]
    [InlineData("1:RECALLED:50 2:CANCELLED:50", State.Held)]
    public void After_a_cancellation_only_what_has_left_counts(string shipments, State state) =>
        Assert.Equal(state, Order.Derive([Sample.Snapshot(1, 50), Sample.Snapshot(2, 50)], cancelled: true, Views(shipments)).State);

    [Fact]
    public void Units_that_an_amendment_took_away_are_not_cancelled_ones()
    {
        var units = Order.Derive([Sample.Snapshot(1, 60)], cancelled: false, Views("1:CANCELLED:100 1:READY:60"));
        Assert.Equal(new UnitCounts { Ordered = 60, Ready = 60 }, units);
    }

    [Fact]
    public void Units_of_a_cancelled_shipment_that_nothing_replaces_are_cancelled()
    {
        var units = Order.Derive([Sample.Snapshot(1, 100)], cancelled: false, Views("1:CANCELLED:40 1:READY:60"));
        Assert.Equal(new UnitCounts { Ordered = 100, Ready = 60, Cancelled = 40 }, units);
    }

    [Fact]
    public void What_left_of_a_line_that_is_gone_has_left_all_the_same()
    {
        var units = Order.Derive([Sample.Snapshot(1, 50)], cancelled: false, Views("1:READY:50 2:DISPATCHED:20 2:HELD:30"));
        Assert.Equal(new UnitCounts { Ordered = 50, Ready = 50, Shipped = 20 }, units);
    }

    [Fact]
    public void No_unit_is_lost_or_invented_while_lines_carry_what_was_ordered() =>
        Shipments.Sample(shipments =>
        {
            var views = Views(shipments);
            var lines = Enumerable.Range(1, 3)
                .Select(line => Sample.Snapshot(line, Math.Max(1, views.Where(view => view.LineNumber == line && view.State != "CANCELLED").Sum(view => view.Quantity))))
                .ToArray();
            var units = Order.Derive(lines, cancelled: false, views);
            Assert.Equal(units.Ordered, units.Open + units.Returned + units.Cancelled);
        });

    [Fact]
    public void The_order_of_shipments_does_not_matter() =>
        Shipments.Sample(shipments =>
        {
            var lines = new[] { Sample.Snapshot(1, 100), Sample.Snapshot(2, 100) };
            var views = Views(shipments);
            Assert.Equal(Order.Derive(lines, false, views), Order.Derive(lines, false, [.. views.Reverse()]));
        });

    [Fact]
    public void An_order_that_has_a_held_or_blocked_unit_is_never_ready_or_shipped() =>
        Shipments.Sample(shipments =>
        {
            var views = Views(shipments);
            var state = Order.Derive([Sample.Snapshot(1, 500), Sample.Snapshot(2, 500), Sample.Snapshot(3, 500)], false, views).State;
            if (views.Any(view => view.State is "HELD" or "BLOCKED" or "RECALLED"))
                Assert.DoesNotContain(state, new[] { State.Ready, State.Shipped, State.Delivered, State.Cancelled });
        });

    private static ShipmentView[] Views(string shipments) =>
        Views([.. shipments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(':')).Select(part =>
            (int.Parse(part[0], System.Globalization.CultureInfo.InvariantCulture), part[1], int.Parse(part[2], System.Globalization.CultureInfo.InvariantCulture)))]);

    private static ShipmentView[] Views((int Line, string State, int Quantity)[] shipments) =>
        [.. shipments.Select(shipment =>
            new ShipmentView(Sample.Id(), default).Take(Sample.Snapshot(default, default, shipment.State, shipment.Quantity, line: shipment.Line)))];
}
