using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Recheck;

/// <summary>What a publication's look at every open shipment writes, and what it must not pass over.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task A_shipment_that_nothing_changed_for_is_not_written_to_and_is_told_as_looked_at()
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        await ManyShipments.Plan(host, 10, "L20", "2025-03-20", number => number == 3 ? "VN" : "JP");
        await host.Quiet();
        await new Staff(host).Forbid("TEST-VIETNAM", "VN");
        await Swept(host, 1);

        Assert.Equal(9, await host.Count("shipments", "known_version = 0"));
        Assert.Equal(1, await host.Count("shipments", "known_version = 1 and standing = 'HELD'"));
        Assert.Equal(1, await host.Count("recheck_runs", "shipments = 10 and changed = 1"));
    }

    [Fact]
    public async Task What_is_held_already_is_held_by_a_second_rule_too()
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        await ManyShipments.Plan(host, 5, "L20", "2025-03-20", _ => "VN");
        await host.Quiet();
        var staff = new Staff(host);
        await staff.Forbid("TEST-VIETNAM", "VN");
        await Swept(host, 1);
        await staff.Forbid("TEST-HANOI", "VN");
        await Swept(host, 2);
        Assert.Equal(10, await host.Count("holds", "state = 'OPEN'"));

        // Held by what stands: not written to.
        await staff.Forbid("TEST-ELSEWHERE", "SE");
        await Swept(host, 3);
        Assert.Equal(5, await host.Count("shipments", "known_version = 2 and standing = 'HELD'"));
        Assert.Equal(10, await host.Count("holds"));
    }

    [Fact]
    public async Task A_release_is_looked_at_although_no_rule_changed_for_the_shipment()
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        var goods = await Goods.Plan(host, "L20", "2025-03-20", "JP");
        await goods.Stands("READY");
        var staff = new Staff(host);
        var hold = await staff.Ana.PlaceHoldAsync(new PlaceHoldRequest { Shipment = goods.Name, Reason = "STOP_SHIP", Explanation = "wrong crate" });
        await staff.Settle(hold, "OTHER");
        await staff.Forbid("TEST-ELSEWHERE", "SE");
        await Swept(host, 1);

        Assert.Equal(1, await host.Count("shipments", "known_version = 1"));
        Assert.Equal(1, await host.Count("holds", "state = 'SETTLED'"));
    }

    private static Task<string> Swept(ComplianceHost host, int version) => ComplianceHost.Eventually(
        async () => await host.Count("recheck_runs", $"version = {version} and ended_at is not null") == 1 ? "it" : null,
        $"the look after version {version} ended");
}
