using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.AuditTrail;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit.Anchoring;
using OrderTracking.ComplianceService.Audit.Verification;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Tests.Registers;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ComplianceService.Tests.Replicas;

/// <summary>What two processes on one database do on their own.</summary>
public sealed class ReplicaWorkTests(ITestOutputHelper output)
{
    // Half a second, and what a busy machine adds.
    private static readonly TimeSpan KnownWithin = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Two_first_starts_at_the_same_instant_both_come_up_and_enter_the_pack_once()
    {
        await using var alone = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        for (var i = 0; i < 3; i++)
        {
            var hosts = await ComplianceHost.StartAtOnce("2025-06-01T12:00:00Z", count: 3);
            foreach (var table in new[] { "rules", "parts", "recorded_changes", "audit_heads", "schema_migrations" })
                Assert.Equal(await alone.Count(table), await hosts[0].Count(table));
            foreach (var host in hosts)
                Assert.Equal("CLEARED ", Asked.Written(await Checks(host).CheckShipmentAsync(Asked.Check("L2", "SE", "2025-06-02"))));
            foreach (var host in hosts.Reverse())
                await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_process_decides_again_what_another_published_and_the_other_does_when_it_stops()
    {
        await using var b = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        var first = await b.Beside();
        await using var second = await b.Beside();
        var goods = await Goods.Plan(b, "L2", "2025-03-12", "JP", "ONE");
        await goods.Stands("READY");
        var hosts = new[] { b, first, second };
        await ComplianceHost.Eventually(() => Task.FromResult(hosts.Any(host => Looks(host) > 1) ? "one" : null), "somebody looks");
        var before = hosts.Select(Looks).ToList();
        await ComplianceHost.Eventually(() => Task.FromResult(hosts.Where((host, i) => Looks(host) > before[i] + 1).Any() ? "it" : null), "it goes on");
        Assert.Single(hosts, host => Looks(host) > 0);
        var owner = hosts.Single(host => Looks(host) > 0);
        Assert.Same(b, owner);

        // Published where the work is not done.
        await Publish(second, "TEST-ELSEWHERE", "ONE");
        var start = Stopwatch.GetTimestamp();
        await goods.Stands("HELD");
        output.WriteLine($"decided again {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s after a publication by another process");
        await first.DisposeAsync();
    }

    [Fact]
    public async Task The_re_check_goes_to_another_process_when_its_owner_stops_in_order()
    {
        await using var data = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        await ComplianceHost.Eventually(() => Task.FromResult(Looks(data) > 0 ? "it" : null), "the first works");
        await using var next = await data.Beside();
        await using var goodsHost = await data.Beside();
        var goods = await Goods.Plan(goodsHost, "L2", "2025-03-12", "JP", "TWO");
        await goods.Stands("READY");
        await data.Services.GetRequiredService<RecheckWorker>().StopAsync(TestContext.Current.CancellationToken);
        var start = Stopwatch.GetTimestamp();
        await Publish(next, "TEST-NEXT", "TWO");
        await goods.Stands("HELD");
        var taken = Stopwatch.GetElapsedTime(start);
        output.WriteLine($"taken over and decided again {taken.TotalSeconds:F2} s after the owner stopped");
        Assert.True(taken < TimeSpan.FromSeconds(10), $"{taken}");
    }

    [Fact]
    public async Task A_what_if_at_one_process_knows_what_another_published_within_a_second_or_so()
    {
        await using var a = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        await using var b = await a.Beside();
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 5; i++)
        {
            var exporter = $"KNOWN-{i}";
            var facts = TestCases.Facts("JP", Goods.Day("2025-03-12"), exporter);
            await Publish(a, $"TEST-KNOWN-{i}", exporter);
            var start = Stopwatch.GetTimestamp();
            await ComplianceHost.Eventually(
                async () => (await Checks(b).CheckShipmentAsync(new CheckShipmentRequest { Facts = facts })).Findings.Count > 0 ? "known" : null,
                "the other process knows");
            var took = Stopwatch.GetElapsedTime(start);
            slowest = took > slowest ? took : slowest;
        }

        output.WriteLine($"the slowest of 5 was known after {slowest.TotalMilliseconds:F0} ms");
        Assert.True(slowest < KnownWithin, $"{slowest}");
    }

    [Fact]
    public async Task Two_processes_that_write_hard_keep_one_chain_and_one_anchor_file()
    {
        var directory = Directory.CreateTempSubdirectory("anchors-").FullName;
        var path = Path.Combine(directory, "anchors.jsonl");
        await using var a = await ComplianceHost.Start(
            "2025-03-10T20:00:00Z",
            ("Compliance:Audit:AnchorFile", path), ("Compliance:Audit:AnchorInterval", "00:00:01"), ("Compliance:Audit:CheckpointEntries", "50"));
        await using var b = await a.Beside();
        var hosts = new[] { a, b };
        var keepers = hosts.Select(host => host.Services.GetRequiredService<AnchorKeeper>()).ToList();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var host = hosts[i % 2];
            await Goods.Plan(host, "L2", "2025-03-10", "JP");
            if (i % 10 == 0)
                await keepers[i % 2].Write(TestContext.Current.CancellationToken);
        }));
        await ComplianceHost.Eventually(async () => await a.Count("decisions") >= 200 ? "all" : null, "all are decided");
        await Task.WhenAll(keepers.Select(keeper => keeper.Write(TestContext.Current.CancellationToken)));

        var anchors = Anchor.ReadAll(await File.ReadAllTextAsync(path));
        Assert.Equal(anchors.Count, anchors.Select(anchor => anchor.Seq).Distinct().Count());
        var verify = b.Services.GetRequiredService<VerifyTrail>();
        var report = await verify.Run(new TrailRange(1, 0, 0, [.. anchors]), (_, _) => Task.CompletedTask, TestContext.Current.CancellationToken);
        Assert.Empty(report.Findings.Listed);
        Assert.All(keepers, keeper => Assert.Null(keeper.Mismatch));
        output.WriteLine($"{report.Entries} entries, {anchors.Count} anchors");
        Directory.Delete(directory, recursive: true);
    }

    private static long Looks(ComplianceHost host) => host.Services.GetRequiredService<RecheckWorker>().Looks;

    private static ComplianceApi.ComplianceServiceClient Checks(ComplianceHost host) =>
        host.As<ComplianceApi.ComplianceServiceClient>("erp", "caller");

    private static async Task Publish(ComplianceHost host, string rule, string exporter)
    {
        var staff = new Staff(host);
        await staff.Publish(await staff.Propose(rule, $"exporter: {exporter}", TestCases.Facts("JP", Goods.Day("2025-03-12"), exporter)));
    }
}
