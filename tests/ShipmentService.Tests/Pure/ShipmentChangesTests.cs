using OrderTracking.ShipmentService.Changes;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Tests.Pure;

public sealed class ShipmentChangesTests
{
    public static TheoryData<string, string> FrozenStates => new()
    {
        { nameof(ShipmentState.Dispatching), "SHIPMENT_DISPATCHING" },
        { nameof(ShipmentState.Dispatched), "SHIPMENT_ALREADY_DISPATCHED" },
        { nameof(ShipmentState.Recalled), "SHIPMENT_ALREADY_DISPATCHED" },
        { nameof(ShipmentState.InTransit), "SHIPMENT_ALREADY_DISPATCHED" },
        { nameof(ShipmentState.Delivered), "SHIPMENT_ALREADY_DISPATCHED" },
        { nameof(ShipmentState.Returned), "SHIPMENT_RETURNED" },
        { nameof(ShipmentState.Cancelled), "SHIPMENT_CANCELLED" },
    };

    [Theory]
    [MemberData(nameof(FrozenStates))]
    public void What_is_frozen_or_gone_is_neither_split_nor_rescheduled_nor_cancelled(string state, string reason)
    {
        var shipment = Given.Shipment(Enum.Parse<ShipmentState>(state));
        var dates = new NewDates(Given.ShipDate.AddDays(1), null, null);
        Assert.Equal(reason, Given.Refused(() => SplitShipment.Split(shipment, 1, null, Given.NewId(), "why", Given.Stamp)).Reason.Name);
        Assert.Equal(reason, Given.Refused(() => RescheduleShipment.Reschedule(shipment, dates, "why", "erp", Given.Stamp)).Reason.Name);
        Assert.Equal(reason, Given.Refused(() => CancelShipment.Cancel(shipment, "why", Given.Stamp)).Reason.Name);
    }

    [Fact]
    public void A_split_keeps_the_units_and_makes_both_parts_undecided()
    {
        var steps = SplitShipment.Split(
            Given.Shipment(ShipmentState.Ready), 30, Given.ShipDate.AddDays(5), Given.NewId(), "two trucks", Given.Stamp);
        Assert.Equal([70L, 30L], steps.Select(step => step.After.Quantity));
        Assert.Equal([2L, 1L], steps.Select(step => step.After.Revision));
        Assert.All(steps, step => Assert.Equal(ShipmentState.Planned, step.After.State));
        Assert.Equal("SPLIT", Assert.IsType<ShipmentNews.Revised>(steps[0].News).Change);
        Assert.IsType<ShipmentNews.Planned>(steps[1].News);
        Assert.Equal(Given.ShipDate.AddDays(5), steps[1].After.PlannedShipDate);
        Assert.Equal(Given.ShipDate, Assert.Single(steps[1].After.DateHistory).OldDate);
        Assert.Equal(75_000_000, steps[1].After.Value.MinorUnits);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public void A_split_leaves_at_least_one_unit(long quantity) =>
        Assert.Equal(
            "SPLIT_QUANTITY_TOO_LARGE",
            Given.Refused(() => SplitShipment.Split(Given.Shipment(), quantity, null, Given.NewId(), "why", Given.Stamp)).Reason.Name);

    [Fact]
    public void Moving_the_ship_date_is_a_new_revision_that_is_undecided()
    {
        var ready = Given.Shipment(ShipmentState.Ready);
        var after = Assert.Single(RescheduleShipment.Reschedule(
            ready, new NewDates(Given.ShipDate.AddDays(3), null, null), "late parts", "plant", Given.Stamp)).After;
        Assert.Equal((2L, 2L, ShipmentState.Planned), (after.Revision, after.Sequence, after.State));
        Assert.Equal(new DateChange(1, DateKind.PlannedShip, Given.ShipDate, Given.ShipDate.AddDays(3), "late parts", "plant", Given.Now), Assert.Single(after.DateHistory));
    }

    [Fact]
    public void Moving_a_delivery_date_decides_nothing_again_and_may_happen_on_the_way()
    {
        var away = Given.Shipment(ShipmentState.InTransit);
        var after = Assert.Single(
            RescheduleShipment.Reschedule(away, new NewDates(null, null, Given.ShipDate.AddDays(9)), "storm", "DHL", Given.Stamp)).After;
        Assert.Equal((1L, 2L, ShipmentState.InTransit), (after.Revision, after.Sequence, after.State));
        Assert.Equal(DateKind.EstimatedDelivery, Assert.Single(after.DateHistory).Kind);
    }

    [Fact]
    public void Rescheduling_to_the_dates_it_has_changes_nothing() =>
        Assert.Empty(RescheduleShipment.Reschedule(
            Given.Shipment(ShipmentState.Ready), new NewDates(Given.ShipDate, null, null), "why", "erp", Given.Stamp));

    [Fact]
    public void Dates_are_not_changed_more_often_than_the_limit()
    {
        var shipment = Given.Shipment();
        for (var day = 1; day <= ShipmentLimits.DateChangesMax; day++)
            shipment = Reschedule(shipment, day);
        Assert.Equal("DATE_CHANGES_TOO_MANY", Given.Refused(() => Reschedule(shipment, 0)).Reason.Name);
    }

    [Theory]
    [InlineData(nameof(ShipmentState.Dispatched))]
    [InlineData(nameof(ShipmentState.Recalled))]
    [InlineData(nameof(ShipmentState.InTransit))]
    [InlineData(nameof(ShipmentState.Delivered))]
    public void What_left_our_hands_may_come_back_once(string state)
    {
        var returned = ReturnShipment.Return(
            Given.Shipment(Enum.Parse<ShipmentState>(state)), "refused by the consignee", Given.Stamp).After;
        Assert.Equal(ShipmentState.Returned, returned.State);
        Assert.Equal("SHIPMENT_RETURNED", Given.Refused(() => ReturnShipment.Return(returned, "again", Given.Stamp)).Reason.Name);
    }

    [Fact]
    public void What_has_not_left_does_not_come_back() =>
        Assert.Equal(
            "SHIPMENT_NOT_DISPATCHED", Given.Refused(() => ReturnShipment.Return(Given.Shipment(), "why", Given.Stamp)).Reason.Name);

    private static Shipment Reschedule(Shipment shipment, int day) =>
        RescheduleShipment.Reschedule(shipment, new NewDates(Given.ShipDate.AddDays(day), null, null), "why", "erp", Given.Stamp)[0].After;
}
