using OrderTracking.Contracts.Orders;
using OrderTracking.ShipmentService.OrderChanges;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Tests.Pure;

public sealed class OrderPlanTests
{
    private readonly Guid _order = Given.NewId();

    [Fact]
    public void An_order_is_planned_as_one_shipment_a_line_on_its_requested_ship_date()
    {
        var steps = OrderPlan.Follow(
            null, [], Given.Order(_order, 1, Given.Line(1), Given.Line(2, 7, Given.ShipDate.AddDays(2))), null, Given.Stamp);
        Assert.Equal([(1, 100L, Given.ShipDate), (2, 7L, Given.ShipDate.AddDays(2))], steps.Select(
            step => (step.After.LineNumber, step.After.Quantity, step.After.PlannedShipDate)));
        Assert.All(steps, step => Assert.IsType<ShipmentNews.Planned>(step.News));
    }

    [Fact]
    public void More_units_are_planned_as_a_shipment_of_their_own()
    {
        var ready = Shipment(ShipmentState.Ready);
        var step = Assert.Single(Follow([ready], Given.Line(quantity: 130)));
        Assert.Null(step.Before);
        Assert.Equal(30, step.After.Quantity);
        Assert.Equal(2, step.After.OrderRevision);
    }

    [Fact]
    public void Fewer_units_are_cut_from_what_is_planned_latest()
    {
        Shipment[] shipments =
        [
            Shipment(ShipmentState.Ready, 40),
            Shipment(ShipmentState.Held, 40, Given.ShipDate.AddDays(10)),
            Shipment(ShipmentState.Planned, 20, Given.ShipDate.AddDays(20)),
        ];
        var steps = Follow(shipments, Given.Line(quantity: 70));
        Assert.Equal([(shipments[1].Id, 30L, ShipmentState.Planned), (shipments[2].Id, 20L, ShipmentState.Cancelled)], steps.Select(
            step => (step.After.Id, step.After.Quantity, step.After.State)));
        Assert.Equal(2, steps[0].After.Revision);
    }

    [Fact]
    public void Fewer_units_than_have_left_are_refused()
    {
        var refusal = Given.Refused(
            () => Follow([Shipment(ShipmentState.InTransit, 60), Shipment(ShipmentState.Ready, 40)], Given.Line(quantity: 59)));
        Assert.Equal("QUANTITY_ALREADY_SHIPPED", refusal.Reason.Name);
        Assert.Equal("60", refusal.Metadata["quantity_shipped"]);
        Assert.Equal($"orders/{_order}/lines/1", Assert.Single(refusal.PreconditionViolations).Subject);
    }

    [Theory]
    [InlineData(60, null)]
    [InlineData(59, "SHIPMENT_DISPATCHING")]
    [InlineData(19, "QUANTITY_ALREADY_SHIPPED")]
    public void A_cut_leaves_alone_what_is_being_dispatched_or_waits_for_it(long quantity, string? reason)
    {
        Shipment[] shipments = [Shipment(ShipmentState.Dispatched, 20), Shipment(
            ShipmentState.Dispatching, 40), Shipment(ShipmentState.Ready, 40)];
        if (reason is null)
            Assert.Equal(ShipmentState.Cancelled, Assert.Single(Follow(shipments, Given.Line(quantity: quantity))).After.State);
        else
            Assert.Equal(reason, Given.Refused(() => Follow(shipments, Given.Line(quantity: quantity))).Reason.Name);
    }

    [Fact]
    public void A_removed_line_cancels_what_is_open_of_it()
    {
        var other = Shipment(ShipmentState.Ready) with { LineNumber = 2 };
        var known = Given.Known(Given.Order(_order, 1, Given.Line(1), Given.Line(2)));
        var step = Assert.Single(
            OrderPlan.Follow(known, [Shipment(ShipmentState.Ready), other], Given.Order(_order, 2, Given.Line()), "why", Given.Stamp));
        Assert.Equal((other.Id, ShipmentState.Cancelled), (step.After.Id, step.After.State));
        var gone = other with { State = ShipmentState.Delivered };
        Assert.Equal("QUANTITY_ALREADY_SHIPPED", Given.Refused(
            () => OrderPlan.Follow(known, [gone], Given.Order(_order, 2, Given.Line()), "why", Given.Stamp)).Reason.Name);
    }

    [Fact]
    public void Changed_parties_are_new_facts_of_everything_that_has_not_left()
    {
        var order = Given.Order(_order, 2, Given.Line()) with { Parties = [Given.Buyer(), Given.User("CN")] };
        Shipment[] shipments = [Shipment(ShipmentState.Ready, 40), Shipment(ShipmentState.InTransit, 60)];
        var step = Assert.Single(OrderPlan.Follow(Known(), shipments, order, "new end user", Given.Stamp));
        Assert.Equal((shipments[0].Id, 2L, ShipmentState.Planned), (step.After.Id, step.After.Revision, step.After.State));
        Assert.Equal("CN", step.After.Terms.Parties[1].Country);
        Assert.Equal("AMENDED", Assert.IsType<ShipmentNews.Revised>(step.News).Change);
    }

    public static TheoryData<string> Changes => ["parties", "destination", "movement", "place", "item", "price", "date"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_of_what_is_being_dispatched_is_refused(string what)
    {
        var order = Changed(what);
        Assert.Equal("SHIPMENT_DISPATCHING", Given.Refused(
            () => OrderPlan.Follow(Known(), [Shipment(ShipmentState.Dispatching)], order, null, Given.Stamp)).Reason.Name);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_of_the_facts_is_a_new_revision(string what) =>
        Assert.Equal(
            2, Assert.Single(OrderPlan.Follow(Known(), [Shipment(ShipmentState.Ready)], Changed(what), null, Given.Stamp)).After.Revision);

    [Fact]
    public void The_same_order_again_changes_nothing() => Assert.Empty(Follow([Shipment(ShipmentState.Ready)], Given.Line()));

    [Fact]
    public void A_new_requested_date_moves_what_is_planned_for_the_old_one_and_only_that()
    {
        Shipment[] shipments = [Shipment(ShipmentState.Ready, 40), Shipment(ShipmentState.Ready, 60, Given.ShipDate.AddDays(30))];
        var steps = Follow(shipments, Given.Line(shipDate: Given.ShipDate.AddDays(7)));
        Assert.Equal([Given.ShipDate.AddDays(7), Given.ShipDate.AddDays(30)], steps.Select(step => step.After.PlannedShipDate));
        Assert.Equal([2L, 1L], steps.Select(step => step.After.Revision));
        Assert.Equal([ShipmentState.Planned, ShipmentState.Ready], steps.Select(step => step.After.State));
        Assert.All(steps, step => Assert.Equal(Given.ShipDate.AddDays(7), step.After.RequestedShipDate));
    }

    [Fact]
    public void Units_cancelled_by_hand_do_not_come_back_with_an_amendment()
    {
        Shipment[] shipments = [Shipment(ShipmentState.Ready, 60), Shipment(ShipmentState.Cancelled, 40)];
        Assert.Empty(Follow(shipments, Given.Line()));
        Assert.Empty(Follow(shipments, Given.Line(quantity: 60)));
        Assert.Equal(10, Assert.Single(Follow(shipments, Given.Line(quantity: 110))).After.Quantity);
    }

    [Fact]
    public void Cancelling_takes_what_is_open_and_refuses_while_one_is_being_dispatched()
    {
        Shipment[] shipments = [Shipment(ShipmentState.Ready), Shipment(ShipmentState.InTransit), Shipment(ShipmentState.Cancelled)];
        Assert.Equal(shipments[0].Id, Assert.Single(OrderPlan.CancelAll(shipments, "why", Given.Stamp)).After.Id);
        Assert.Equal("SHIPMENT_DISPATCHING", Given.Refused(
            () => OrderPlan.CancelAll([Shipment(ShipmentState.Dispatching)], "why", Given.Stamp)).Reason.Name);
    }

    [Fact]
    public void An_order_of_which_everything_left_cannot_be_cancelled()
    {
        Shipment[] gone = [Shipment(ShipmentState.InTransit), Shipment(ShipmentState.Cancelled)];
        Assert.Equal("NOTHING_LEFT_TO_CANCEL", Given.Refused(() => OrderPlan.RequireSomethingToCancel(_order, gone)).Reason.Name);
        OrderPlan.RequireSomethingToCancel(_order, [.. gone, Shipment(ShipmentState.Held)]);
        OrderPlan.RequireSomethingToCancel(_order, [Shipment(ShipmentState.Cancelled)]);
        OrderPlan.RequireSomethingToCancel(_order, []);
    }

    private OrderSnapshot Changed(string what)
    {
        var order = Given.Order(_order, 2, Given.Line());
        return what switch
        {
            "parties" => order with { Parties = [Given.Buyer(), Given.User("CN")] },
            "destination" => order with { DestinationCountry = "CN" },
            "movement" => order with { Movement = "REEXPORT" },
            "place" => order with { PlaceOfExportTimeZone = "America/New_York" },
            "item" => order with { Lines = [Given.Line(part: "OTHER")] },
            "price" => order with { Lines = [Given.Line(cents: 1)] },
            _ => order with { Lines = [Given.Line(shipDate: Given.ShipDate.AddDays(1))] },
        };
    }

    private PlannedOrder Known() => Given.Known(Given.Order(_order, 1, Given.Line()));

    private IReadOnlyList<ShipmentStep> Follow(IReadOnlyList<Shipment> shipments, OrderLineSnapshot line) =>
        OrderPlan.Follow(Known(), shipments, Given.Order(_order, 2, line), "why", Given.Stamp);

    private Shipment Shipment(ShipmentState state, long quantity = 100, DateOnly? planned = null) =>
        Given.Shipment(state, quantity, _order, planned);
}
