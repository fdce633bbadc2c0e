using OrderTracking.ShipmentService.Changes;
using OrderTracking.ShipmentService.Milestones;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Tests.Pure;

public sealed class JourneyTests
{
    [Theory]
    [InlineData(nameof(MilestoneKind.Departed), nameof(ShipmentState.InTransit))]
    [InlineData(nameof(MilestoneKind.Arrived), nameof(ShipmentState.InTransit))]
    [InlineData(nameof(MilestoneKind.CustomsCleared), nameof(ShipmentState.Dispatched))]
    [InlineData(nameof(MilestoneKind.Delivered), nameof(ShipmentState.Delivered))]
    [InlineData(nameof(MilestoneKind.Exception), nameof(ShipmentState.Dispatched))]
    public void A_milestone_moves_the_shipment_as_far_as_it_proves(string kind, string state) =>
        Assert.Equal(
            Enum.Parse<ShipmentState>(state),
            Record(Given.Shipment(ShipmentState.Dispatched), Enum.Parse<MilestoneKind>(kind), Given.Now).State);

    [Theory]
    [InlineData(nameof(ShipmentState.Ready), "SHIPMENT_NOT_DISPATCHED")]
    [InlineData(nameof(ShipmentState.Dispatching), "SHIPMENT_DISPATCHING")]
    [InlineData(nameof(ShipmentState.Cancelled), "SHIPMENT_CANCELLED")]
    public void Nothing_is_reported_about_what_has_not_left_our_hands(string state, string reason)
    {
        var shipment = Given.Shipment(Enum.Parse<ShipmentState>(state));
        Assert.Equal(reason, Given.Refused(() => Record(shipment, MilestoneKind.Departed, Given.Now)).Reason.Name);
    }

    [Fact]
    public void The_actual_ship_date_is_the_local_date_of_the_departure_and_moves_when_an_earlier_one_is_recorded_later()
    {
        var late = new DateTimeOffset(2025, 3, 21, 6, 30, 0, TimeSpan.Zero);
        var first = Record(Given.Shipment(ShipmentState.Dispatched), MilestoneKind.Departed, late);
        Assert.Equal(new DateOnly(2025, 3, 20), first.ActualShipDate);
        var second = Record(first, MilestoneKind.Departed, late.AddDays(-1));
        Assert.Equal(new DateOnly(2025, 3, 19), second.ActualShipDate);
        var change = second.DateHistory[^1];
        Assert.Equal((DateKind.ActualShip, (DateOnly?)new DateOnly(2025, 3, 20), (DateOnly?)new DateOnly(2025, 3, 19)), (change.Kind, change.OldDate, change.NewDate));
        Assert.Equal("erp", change.Source);
    }

    [Fact]
    public void A_correction_supersedes_and_never_deletes()
    {
        var departed = Record(Given.Shipment(ShipmentState.Dispatched), MilestoneKind.Departed, Given.Now);
        var corrected = Record(departed, MilestoneKind.Exception, Given.Now, supersedes: 1);
        Assert.Equal(ShipmentState.Dispatched, corrected.State);
        Assert.Null(corrected.ActualShipDate);
        Assert.Equal([2L, 0L], corrected.Milestones.Select(milestone => milestone.SupersededBy));
        Assert.Equal([1L, 2L], corrected.Milestones.Select(milestone => milestone.Number));
        Assert.Null(corrected.DateHistory[^1].NewDate);
    }

    [Fact]
    public void A_departure_that_never_was_leaves_a_revoked_shipment_recalled()
    {
        var departed = Record(Given.Shipment(ShipmentState.Dispatched), MilestoneKind.Departed, Given.Now) with { PermitRevoked = true };
        Assert.Equal(ShipmentState.Recalled, Record(departed, MilestoneKind.Exception, Given.Now, supersedes: 1).State);
    }

    [Fact]
    public void A_departure_of_a_recalled_shipment_is_a_fact()
    {
        var recalled = Given.Shipment(ShipmentState.Recalled) with { PermitRevoked = true };
        Assert.Equal(ShipmentState.InTransit, Record(recalled, MilestoneKind.Departed, Given.Now).State);
    }

    [Fact]
    public void A_returned_shipment_stays_returned()
    {
        var returned = ReturnShipment.Return(Given.Shipment(ShipmentState.Recalled), "stopped at the dock", Given.Stamp).After;
        Assert.Equal(ShipmentState.Returned, Record(returned, MilestoneKind.Delivered, Given.Now).State);
    }

    [Fact]
    public void Only_a_milestone_that_counts_can_be_corrected()
    {
        var departed = Record(Given.Shipment(ShipmentState.Dispatched), MilestoneKind.Departed, Given.Now);
        Assert.Equal(
            "MILESTONE_NOT_FOUND", Given.Refused(() => Record(departed, MilestoneKind.Departed, Given.Now, supersedes: 7)).Reason.Name);
        var corrected = Record(departed, MilestoneKind.Departed, Given.Now, supersedes: 1);
        Assert.Equal("MILESTONE_ALREADY_SUPERSEDED", Given.Refused(
            () => Record(corrected, MilestoneKind.Departed, Given.Now, supersedes: 1)).Reason.Name);
    }

    [Fact]
    public void A_shipment_has_no_more_milestones_than_the_limit()
    {
        var shipment = Given.Shipment(ShipmentState.Dispatched);
        for (var count = 0; count < ShipmentLimits.MilestonesMax; count++)
            shipment = Record(shipment, MilestoneKind.Exception, Given.Now);
        Assert.Equal("MILESTONES_TOO_MANY", Given.Refused(() => Record(shipment, MilestoneKind.Exception, Given.Now)).Reason.Name);
    }

    private static Shipment Record(Shipment shipment, MilestoneKind kind, DateTimeOffset time, long supersedes = 0) =>
        Journey.Record(shipment, new ReportedMilestone(kind, time, null, null, supersedes), Given.Stamp).After;
}
