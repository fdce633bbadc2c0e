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

    [Fact]
    public async Task What_was_published_while_shipments_are_looked_at_is_the_next_look_s_and_nothing_that_stands_is_written_to()
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        await ManyShipments.Plan(host, 10, "L20", "2025-03-20", _ => "JP");
        await host.Quiet();
        await Do(host, $"""
            create trigger published_meanwhile after insert on recheck_runs when new.version = 1
            begin
                insert into recorded_changes (id, kind, subject, recorded_at)
                values ('{Guid.CreateVersion7():D}', 'AMENDMENT', 'rules/TEST-ELSEWHERE/amendments/1', '2025-03-01T12:00:01.0000000Z');
            end
            """);
        await new Staff(host).Forbid("TEST-ELSEWHERE", "SE");
        await Swept(host, 2);
        await host.Quiet();

        Assert.Equal(1, await host.Count("recheck_runs", "version = 1 and ended_at is null"));
        Assert.Equal(1, await host.Count("recheck_runs", "version = 2 and shipments = 10 and changed = 0"));
        Assert.Equal(10, await host.Count("shipments", "known_version = 0"));
    }

    [Fact]
    public async Task A_look_that_was_begun_on_another_basis_takes_nothing_that_is_held_as_it_is()
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        await ManyShipments.Plan(host, 5, "L20", "2025-03-20", _ => "VN");
        await host.Quiet();
        var staff = new Staff(host);
        await staff.Forbid("TEST-VIETNAM", "VN");
        await Swept(host, 1);
        // As a process of an older release left it.
        await Do(host, """
            update recheck_runs set basis = 'of another engine';
            insert into recheck_runs (version, basis, done_seq, shipments, changed, started_at)
            values (2, 'of another engine', 0, 0, 0, '2025-03-01T12:00:00.0000000Z');
            """);
        await staff.Forbid("TEST-ELSEWHERE", "SE");
        await Swept(host, 2);

        Assert.Equal(5, await host.Count("shipments", "known_version = 2 and standing = 'HELD'"));
    }

    [Fact]
    public async Task A_shipment_that_cannot_be_read_keeps_no_other_from_being_decided()
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        await ManyShipments.Plan(host, 5, "L20", "2025-03-20", _ => "VN");
        await host.Quiet();
        // What is due is read whole.
        await Do(host, "update shipments set decide_again_at = '2025-03-01T12:00:00.0000000Z'; update shipments set facts = '{' where seq = 2");
        await new Staff(host).Forbid("TEST-VIETNAM", "VN");
        await Swept(host, 1);
        Assert.Equal(4, await host.Count("shipments", "standing = 'HELD'"));

        // Nor from being decided when its day goes by.
        host.Clock.Set(ComplianceHost.At("2025-03-22T12:00:00Z"));
        await ComplianceHost.Eventually(async () => await host.Count("shipments", "overdue = 1") == 4 ? "they" : null, "the others are overdue");
    }

    private static Task<int> Do(ComplianceHost host, string sql) => host.Db.Write(tx => tx.Execute(sql));

    private static Task<string> Swept(ComplianceHost host, int version) => ComplianceHost.Eventually(
        async () => await host.Count("recheck_runs", $"version = {version} and ended_at is not null") == 1 ? "it" : null,
        $"the look after version {version} ended");
}
