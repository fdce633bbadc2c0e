using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Recheck;

/// <summary>What changes when nobody does anything and time passes, or something is published.</summary>
public sealed class ClockTests
{
    private const string Letter = "US-2025-04-NVIDIA-LETTER";

    [Fact]
    public async Task H20_planned_for_2025_04_20_is_ready_and_is_held_once_the_letter_becomes_known()
    {
        await using var host = await ComplianceHost.Start("2025-04-01T12:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-04-20");
        var ready = await goods.Stands("READY");
        Assert.Equal(("CLEARED", 1, 1, false), (ready.Outcome, ready.DecisionNumber, ready.ScreeningNumber, ready.Overdue));

        host.Clock.Set(ComplianceHost.At("2025-04-08T23:59:59Z"));
        await host.Quiet();
        Assert.Single(await goods.Screened());

        host.Clock.Set(ComplianceHost.At("2025-04-09T00:00:00Z"));
        var held = await goods.Stands("HELD");
        Assert.Equal([Letter], held.Reasons);
        Assert.Equal((2, 2), (held.DecisionNumber, held.ScreeningNumber));
        Assert.Single(await host.Sent<HoldOpened>(), opened => opened.Reason == Letter && opened.ShipmentId == goods.Snapshot.ShipmentId);
    }

    [Fact]
    public async Task A_planned_day_that_goes_by_is_overdue_and_is_decided_for_each_day_after_it()
    {
        // Midnight in Los Angeles is 07:00 UTC in April. The letter governs from 2025-04-09 on and becomes known that day.
        await using var host = await ComplianceHost.Start("2025-04-05T12:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-04-06");
        Assert.False((await goods.Stands("READY")).Overdue);

        host.Clock.Set(ComplianceHost.At("2025-04-07T07:00:00Z"));
        var overdue = await ComplianceHost.Eventually(
            async () => (await goods.Screened()).FirstOrDefault(told => told.Overdue), "the shipment is overdue");
        Assert.Equal(("READY", 1, 2), (overdue.Standing, overdue.DecisionNumber, overdue.ScreeningNumber));
        Assert.Equal(Goods.Day("2025-04-07"), overdue.DecidedShipDate);

        host.Clock.Set(ComplianceHost.At("2025-04-09T06:59:59Z"));
        await host.Quiet();
        Assert.Equal("READY", (await goods.Screened())[^1].Standing);
        host.Clock.Set(ComplianceHost.At("2025-04-09T07:00:00Z"));
        Assert.Equal(Goods.Day("2025-04-09"), (await goods.Stands("HELD")).DecidedShipDate);
    }

    [Fact]
    public async Task The_affiliates_rule_blocks_again_on_the_day_its_suspension_ends_and_nobody_has_to_do_anything()
    {
        // Midnight in Los Angeles is 08:00 UTC in November.
        await using var host = await ComplianceHost.Start("2026-11-09T12:00:00Z");
        var goods = await Goods.Plan(host, "L2", "2026-11-09", "SG");
        await goods.Revise(snapshot => snapshot with { Parties = [snapshot.Parties[0] with { ListedOwnerSharePercent = 60 }] });
        await goods.Stands("READY");

        host.Clock.Set(ComplianceHost.At("2026-11-10T07:59:59Z"));
        await host.Quiet();
        Assert.Equal("READY", (await goods.Screened())[^1].Standing);
        host.Clock.Set(ComplianceHost.At("2026-11-10T08:00:00Z"));
        Assert.Equal(["US-2025-09-AFFILIATES"], (await goods.Stands("BLOCKED")).Reasons);
    }

    [Fact]
    public async Task A_publication_decides_every_open_shipment_again_and_stores_only_what_changed()
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        var staff = new Staff(host);
        var concerned = await Goods.Plan(host, "L20", "2025-03-20", "VN");
        var other = await Goods.Plan(host, "L20", "2025-03-20", "JP");
        await concerned.Stands("READY");
        await other.Stands("READY");

        await staff.Forbid("TEST-VIETNAM", "VN");
        var held = await concerned.Stands("HELD");
        Assert.Equal(["TEST-VIETNAM"], held.Reasons);
        await host.Quiet();
        Assert.Single(await other.Screened());
        Assert.Equal(3, await host.Count("decisions"));
    }

    [Fact]
    public async Task A_clock_that_passes_an_instant_decides_three_hundred_shipments_once_each()
    {
        await using var host = await ComplianceHost.Start("2025-04-01T12:00:00Z");
        var goods = new List<Goods>();
        for (var i = 0; i < 300; i++)
            goods.Add(await Goods.Plan(host, "H20", "2025-04-20"));
        await ComplianceHost.Eventually(async () => await host.Count("decisions") == 300 ? "all" : null, "300 decisions");
        host.Clock.Set(ComplianceHost.At("2025-04-09T00:00:00Z"));
        await ComplianceHost.Eventually(async () => await host.Count("shipments", "standing = 'HELD'") == 300 ? "all" : null, "300 held");
        Assert.Equal(600, await host.Count("decisions"));
        Assert.Equal(300, await host.Count("holds"));
    }
}
