using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.Contracts;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;
using ReplayApi = OrderTracking.Compliance.V1.ReplayService;

namespace OrderTracking.ComplianceService.Tests.Replay;

public sealed class ReplayDecisionTests
{
    /// <summary>Screened, decided again, refused, permitted, departed late; looked up, stated inline, unknown; and the rules have moved on since.</summary>
    [Fact]
    public async Task What_the_service_stored_replays_whatever_was_published_since()
    {
        await using var host = await ComplianceHost.Start("2025-04-08T18:00:00Z");
        var staff = new Staff(host);
        var lawful = await Goods.Plan(host, "L2", "2025-04-08", "DE");
        await lawful.Stands("READY");
        await lawful.Authorize();
        var held = await Goods.Plan(host, "L2", "2025-04-08", "VN");
        var unknown = await Goods.Plan(host, "NO-SUCH-PART", "2025-04-08", "FR");
        await held.Stands("READY");
        await unknown.Stands("HELD");
        await unknown.Revise(snapshot => snapshot with { Item = new ItemReference("L2", "A family", null) });
        await Decided(host, unknown, 2);
        await unknown.Revise(snapshot => snapshot with
        {
            Item = new ItemReference("X", null, new StatedItemFacts(1599.99m, null, 900.5m, null, true, 814.5m)),
        });
        await Decided(host, unknown, 3);
        await staff.Forbid("TEST-1", "VN");
        await held.Stands("HELD");
        await Assert.ThrowsAsync<RpcException>(() => held.Authorize());
        host.Clock.Set(ComplianceHost.At("2025-04-10T18:00:00Z"));
        await lawful.Depart("2025-04-10");
        await ComplianceHost.Eventually(
            async () => await host.Count("decisions", "occasion = 'DEPARTURE'") == 1 ? "decided" : null, "the departure is decided");
        await staff.Forbid("TEST-2", "DE");

        var client = host.As<ReplayApi.ReplayServiceClient>("audrey", "auditor");
        var decisions = (await host.As<ComplianceApi.ComplianceServiceClient>("audrey", "auditor")
            .ListDecisionsAsync(new ListDecisionsRequest { PageSize = 1000 })).Decisions;
        Assert.Equal(4, decisions.Select(decision => decision.Occasion).Distinct().Count());
        foreach (var decision in decisions)
        {
            var replay = await client.ReplayDecisionAsync(new ReplayDecisionRequest { Name = decision.Name });
            Assert.True(replay.Identical, $"{replay}");
            Assert.Equal((decision.Name, decision.Shipment), (replay.Decision, replay.Shipment));
        }
    }

    [Fact]
    public async Task A_decision_nobody_made_is_refused()
    {
        await using var host = await ComplianceHost.Start("2025-04-08T18:00:00Z");
        var client = host.As<ReplayApi.ReplayServiceClient>("audrey", "auditor");
        var unknown = await Refused.By(
            () => client.ReplayDecisionAsync(new ReplayDecisionRequest { Name = $"decisions/{Guid.CreateVersion7():D}" }).ResponseAsync);
        Assert.Equal((StatusCode.NotFound, "DECISION_UNKNOWN"), (unknown.Code, unknown.Reason));
        var malformed = await Refused.By(() => client.ReplayDecisionAsync(new ReplayDecisionRequest { Name = "decisions/1" }).ResponseAsync);
        Assert.Equal((StatusCode.InvalidArgument, "NAME_INVALID"), (malformed.Code, malformed.Reason));
    }

    private static Task<string> Decided(ComplianceHost host, Goods goods, int number) => ComplianceHost.Eventually(
        async () => await host.Count("decisions", $"shipment = '{goods.Name}' and number = {number}") == 1 ? "decided" : null,
        $"{goods.Name} is decided {number} times");
}
