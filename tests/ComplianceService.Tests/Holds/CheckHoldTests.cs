using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>Holds that a check of compliance's own opens beside the rules.</summary>
public sealed class CheckHoldTests
{
    private const string PullForward = "UNUSUAL_PULL_FORWARD";

    [Fact]
    public async Task A_check_holds_once_however_often_it_fires_and_no_decision_takes_the_hold_away()
    {
        await using var host = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "L2", "2025-03-20", "JP");
        await goods.Stands("READY");
        await Open(host, goods, "three times the usual quantity");
        await Open(host, goods, "three times the usual quantity");
        Assert.Equal([PullForward], (await goods.Stands("HELD")).Reasons);
        await Open(host, goods, "four times the usual quantity");
        var hold = Assert.Single(await goods.Holds("OPEN"));
        Assert.Equal(("four times the usual quantity", Effect.Review), (hold.Explanation, hold.Effect));
        Assert.Single(await host.Sent<HoldOpened>());

        await staff.Forbid("TEST-JAPAN", "JP");
        await goods.Held("TEST-JAPAN");
        await goods.Held(PullForward);
        await goods.Revise(snapshot => snapshot with { Quantity = 50 });
        await goods.Stands("HELD");
        await goods.Held(PullForward);
    }

    [Fact]
    public async Task A_check_is_an_obstacle_at_the_gate_until_two_people_released_it()
    {
        await using var host = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "L2", "2025-03-10", "JP");
        await goods.Stands("READY");
        await Open(host, goods, "three times the usual quantity");
        var violation = Assert.Single((await Refused.By(() => goods.Authorize())).Violations);
        Assert.Equal(("CHECK", PullForward), (violation.Type, violation.Subject));
        await staff.Settle(await goods.Held(PullForward), "RED_FLAG_RESOLVED");
        await Open(host, goods, "three times the usual quantity");
        await goods.Stands("READY");
        Assert.Equal(Permit.Types.State.Granted, (await goods.Authorize()).State);
    }

    [Fact]
    public async Task A_check_takes_the_permit_of_goods_that_have_not_departed_and_leaves_what_is_gone_alone()
    {
        await using var host = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        var goods = await Goods.Plan(host, "L2", "2025-03-10", "JP");
        await goods.Stands("READY");
        await goods.Authorize();
        await Open(host, goods, "three times the usual quantity");
        Assert.Equal([PullForward], (await goods.Stands("HELD")).Reasons);
        Assert.Single(await host.Sent<PermitRevoked>());

        var gone = await Goods.Plan(host, "L2", "2025-03-10", "JP");
        await gone.Stands("READY");
        await gone.Authorize();
        await gone.Depart("2025-03-10");
        await ComplianceHost.Eventually(
            async () => await host.Count("shipments", "phase = 'DEPARTED'") == 1 ? "departed" : null, "the departure is known");
        await Open(host, gone, "three times the usual quantity");
        Assert.Empty(await gone.Holds("OPEN"));
    }

    private static Task<KnownShipment> Open(ComplianceHost host, Goods goods, string explanation) => host.Db.Write(async tx =>
    {
        var shipment = await ShipmentStore.Find(tx, goods.Snapshot.ShipmentId);
        return await CheckHolds.Open(tx, shipment!, PullForward, explanation, host.Clock.GetUtcNow());
    });
}
