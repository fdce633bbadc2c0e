using CsCheck;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Shipments;
using OrderTracking.OrderService.Shipments;
using Xunit;

namespace OrderTracking.OrderService.Tests.Orders;

public sealed class ShipmentViewTests
{
    private static readonly Guid Shipment = Sample.Id();
    private static readonly ShipmentView Nothing = new(Shipment, default);

    [Fact]
    public void A_screening_may_come_before_the_shipment()
    {
        var view = Nothing.Take(Sample.Screened(default, Shipment, "HELD", reasons: "US-2025-04-LETTER"));
        Assert.False(view.IsKnown);
        view = view.Take(Sample.Snapshot(default, Shipment, "PLANNED"));
        Assert.True(view.IsKnown);
        Assert.Equal("HELD", view.State);
        Assert.Equal(["US-2025-04-LETTER"], view.Reasons);
    }

    [Fact]
    public void A_screening_of_older_facts_does_not_count()
    {
        var view = Nothing
            .Take(Sample.Snapshot(default, Shipment, "PLANNED"))
            .Take(Sample.Screened(default, Shipment, "READY"))
            .Take(Sample.Snapshot(default, Shipment, "PLANNED", sequence: 2, revision: 2));
        Assert.Equal("PLANNED", view.State);
        Assert.Equal("HELD", view.Take(Sample.Screened(default, Shipment, "HELD", number: 2, revision: 2)).State);
    }

    [Fact]
    public void What_has_left_is_not_called_back_by_a_screening()
    {
        var view = Nothing
            .Take(Sample.Snapshot(default, Shipment, "DISPATCHED", sequence: 3))
            .Take(Sample.Screened(default, Shipment, "HELD", number: 9));
        Assert.Equal("DISPATCHED", view.State);
        Assert.Empty(view.Reasons);
    }

    [Fact]
    public void An_older_snapshot_and_an_older_screening_change_nothing()
    {
        var view = Nothing
            .Take(Sample.Snapshot(default, Shipment, "PLANNED", quantity: 60, sequence: 2))
            .Take(Sample.Screened(default, Shipment, "READY", number: 2));
        Assert.Same(view, view.Take(Sample.Snapshot(default, Shipment, "PLANNED", quantity: 100, sequence: 1)));
        Assert.Same(view, view.Take(Sample.Screened(default, Shipment, "HELD", number: 1)));
    }

    [Fact]
    public void Events_shuffled_and_repeated_lead_to_the_same_view() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int).Sample((snapshots, screenings, seed) =>
        {
            string[] states = ["PLANNED", "HELD", "READY", "DISPATCHED", "IN_TRANSIT", "DELIVERED"];
            List<object> events = [.. Enumerable.Range(1, snapshots).Select(n =>
                (object)Sample.Snapshot(default, Shipment, states[n - 1], 100 + n, sequence: n, revision: 1 + (n / 3)))];
            events.AddRange(Enumerable.Range(1, screenings).Select(n =>
                Sample.Screened(default, Shipment, n % 2 == 0 ? "HELD" : "READY", number: n, revision: 1 + (n / 3), reasons: $"R{n}")));
            var random = new Random(seed);
            var shuffled = events.Concat(events.Take(random.Next(events.Count))).OrderBy(_ => random.Next());
            var expected = events.Aggregate(Nothing, Take);
            var actual = shuffled.Aggregate(Nothing, Take);
            Assert.Equal((expected.State, expected.Quantity, expected.Sequence, expected.ScreeningNumber), (actual.State, actual.Quantity, actual.Sequence, actual.ScreeningNumber));
            Assert.Equal(expected.Reasons, actual.Reasons);
        });

    private static ShipmentView Take(ShipmentView view, object happened) => happened switch
    {
        ShipmentSnapshot snapshot => view.Take(snapshot),
        ShipmentScreened screened => view.Take(screened),
        _ => view,
    };
}
