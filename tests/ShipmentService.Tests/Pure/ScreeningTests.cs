using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Tests.Pure;

public sealed class ScreeningTests
{
    [Theory]
    [InlineData(nameof(ShipmentState.Held))]
    [InlineData(nameof(ShipmentState.Blocked))]
    [InlineData(nameof(ShipmentState.Ready))]
    public void A_screening_moves_an_open_shipment_to_its_standing(string name)
    {
        var standing = Enum.Parse<ShipmentState>(name);
        var after = ScreenShipment.Apply(Given.Shipment(), Given.Screening(1, standing, reasons: "US-3A090-A"), Given.Stamp)!.After;
        Assert.Equal(standing, after.State);
        Assert.Equal(["US-3A090-A"], after.Reasons);
        Assert.Equal(2, after.Sequence);
        Assert.Equal(1, after.Revision);
    }

    [Fact]
    public void A_screening_that_is_not_newer_changes_nothing()
    {
        var held = Given.Shipment(ShipmentState.Held) with { ScreeningNumber = 5 };
        Assert.Null(ScreenShipment.Apply(held, Given.Screening(5, ShipmentState.Ready), Given.Stamp));
        Assert.Null(ScreenShipment.Apply(held, Given.Screening(4, ShipmentState.Ready), Given.Stamp));
    }

    [Fact]
    public void A_screening_of_an_older_revision_never_makes_a_shipment_ready()
    {
        var revised = Given.Shipment(ShipmentState.Held).WithNewRevision();
        Assert.Null(ScreenShipment.Apply(revised, Given.Screening(9, ShipmentState.Ready, revision: 1), Given.Stamp));
    }

    [Theory]
    [InlineData(nameof(ShipmentState.Dispatching))]
    [InlineData(nameof(ShipmentState.Dispatched))]
    [InlineData(nameof(ShipmentState.InTransit))]
    public void From_dispatching_on_a_screening_is_remembered_and_moves_nothing(string name)
    {
        var state = Enum.Parse<ShipmentState>(name);
        var after = ScreenShipment.Apply(
            Given.Shipment(state), Given.Screening(2, ShipmentState.Blocked, reasons: "US-IS-LETTER"), Given.Stamp)!.After;
        Assert.Equal(state, after.State);
        Assert.Equal(2, after.ScreeningNumber);
        Assert.Equal(["US-IS-LETTER"], after.Reasons);
    }

    [Fact]
    public void A_cancelled_shipment_stays_cancelled() =>
        Assert.Null(ScreenShipment.Apply(Given.Shipment(ShipmentState.Cancelled), Given.Screening(7, ShipmentState.Ready), Given.Stamp));
}
