using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Shipments;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Recheck;

/// <summary>Events come late, again and out of order; the newest facts are decided once.</summary>
public sealed class EventOrderTests
{
    [Fact]
    public async Task Late_and_repeated_events_change_nothing()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-05-20", quantity: 100);
        await goods.Stands("HELD");
        var first = goods.Snapshot;
        await goods.Revise(snapshot => snapshot with { Quantity = 40 });
        await goods.Stands("HELD");

        await host.Publish(Guid.CreateVersion7(), new ShipmentPlanned(Guid.CreateVersion7(), host.Clock.GetUtcNow(), "erp", first));
        await host.Publish(Guid.CreateVersion7(), new ShipmentRevised(Guid.CreateVersion7(), host.Clock.GetUtcNow(), "erp", "AMENDED", null, goods.Snapshot));
        await Taken(host, 4);
        Assert.Equal((2, 1), (await host.Count("decisions"), await host.Count("holds")));
        Assert.Equal(1, await host.Count("shipments", "revision = 2 and sequence = 2 and facts like '%\"Quantity\":40,%'"));
    }

    [Fact]
    public async Task A_cancellation_that_overtakes_the_plan_ends_the_shipment_before_it_began()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        await using var elsewhere = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var goods = await Goods.Plan(elsewhere, "H20", "2025-05-20");
        var planned = goods.Snapshot;
        var cancelled = planned with { Sequence = 2, State = "CANCELLED" };
        await host.Publish(Guid.CreateVersion7(), new ShipmentCancelled(Guid.CreateVersion7(), host.Clock.GetUtcNow(), "erp", "gone", cancelled));
        await Taken(host, 1);
        await host.Publish(Guid.CreateVersion7(), new ShipmentPlanned(Guid.CreateVersion7(), host.Clock.GetUtcNow(), "erp", planned));
        await Taken(host, 2);
        Assert.Equal((0, 1), (await host.Count("decisions"), await host.Count("shipments", "phase = 'CLOSED'")));
    }

    private static Task<string> Taken(ComplianceHost host, int events) => ComplianceHost.Eventually(
        async () => await host.Count("inbox", "consumer = 'compliance/FollowShipments'") == events ? "taken" : null, $"{events} events are taken");
}
