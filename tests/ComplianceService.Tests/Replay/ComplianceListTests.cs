using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using CatalogueApi = OrderTracking.Compliance.V1.CatalogueService;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;
using RulesApi = OrderTracking.Compliance.V1.RuleService;

namespace OrderTracking.ComplianceService.Tests.Replay;

/// <summary>Decisions, permits, parts and rules are found by every field their lists name.</summary>
public sealed class ComplianceListTests
{
    [Fact]
    public async Task Decisions_and_permits_are_found_by_every_field()
    {
        await using var host = await ComplianceHost.Start("2025-06-02T18:00:00Z");
        var free = await Goods.Plan(host, "L2", "2025-06-02", "JP");
        var held = await Goods.Plan(host, "H20", "2025-06-10", "CN");
        var stopped = await held.Held("US-2025-04-NVIDIA-LETTER");
        await free.Stands("READY");
        var permit = await free.Authorize();
        var client = host.As<ComplianceApi.ComplianceServiceClient>("audrey", "auditor");
        async Task<string> Found(string filter) => string.Join(
            ' ',
            (await client.ListDecisionsAsync(new ListDecisionsRequest { Filter = filter })).Decisions
                .Select(decision => $"{(decision.Shipment == free.Name ? "free" : "held")}{decision.Number}").Order(StringComparer.Ordinal));

        foreach (var (filter, expected) in new[]
        {
            ($"shipment = \"{held.Name}\"", "held1"),
            ("number = 2", "free2"),
            ("outcome = HELD", "held1"),
            ("occasion = DISPATCH", "free2"),
            ("part_number = L2", "free1 free2"),
            ("destination_country = CN", "held1"),
            ("ship_date > 2025-06-02", "held1"),
            ("create_time >= \"2025-06-02T00:00:00Z\" AND occasion = SCREENING", "free1 held1"),
            ("rule = US-2025-04-NVIDIA-LETTER", "held1"),
            ("rule != US-2025-04-NVIDIA-LETTER", "free1 free2"),
            ($"amendment = \"{stopped.Amendment}\"", "held1"),
            ($"order = \"orders/{free.Snapshot.OrderId:D}\"", "free1 free2"),
            ("actor = shipments", "free2"),
            ("party = \"Aurora Systems\"", "free1 free2 held1"),
            ("party = \"Nobody\"", ""),
            ("engine_version != 1 AND engine_version = 1", ""),
        })
            Assert.Equal((filter, expected), (filter, await Found(filter)));

        // Decisions stored before there were terms get them at the next start.
        await host.Db.Write(async tx =>
        {
            await tx.Execute("delete from decision_terms");
            await tx.Execute("update decision_terms_backlog set next_seq = 1000");
        });
        Assert.Equal("", await Found("actor = shipments"));
        await new TermsOfOldDecisions(host.Db).StartAsync(TestContext.Current.CancellationToken);
        await new TermsOfOldDecisions(host.Db).StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("free2", await Found("actor = shipments"));
        Assert.Equal("held1", await Found($"order = \"orders/{held.Snapshot.OrderId:D}\""));

        foreach (var (filter, count) in new[]
        {
            ($"order = \"{permit.Order}\"", 1), ($"shipment = \"{free.Name}\" AND state = GRANTED", 1), ("ship_date = 2025-06-02", 1),
            ("state = REVOKED", 0), ("create_time < \"2025-06-02T00:00:00Z\"", 0),
        })
            Assert.Equal((filter, count), (filter, (await client.ListPermitsAsync(new ListPermitsRequest { Filter = filter })).Permits.Count));
        Assert.Equal(64, permit.FactsDigest.Length);
    }

    [Fact]
    public async Task Parts_and_rules_are_found_by_every_field()
    {
        await using var host = await ComplianceHost.Start("2025-06-02T18:00:00Z");
        var parts = host.As<CatalogueApi.CatalogueServiceClient>("audrey", "auditor");
        foreach (var filter in new[] { "part_number = H20", "family = H20", "vendor = NVIDIA AND part_number = H20", "create_time >= \"2025-06-02T00:00:00Z\" AND family = H20" })
            Assert.Contains((await parts.ListPartsAsync(new ListPartsRequest { Filter = filter })).Parts, part => part.Name == "parts/H20");
        var rules = host.As<RulesApi.RuleServiceClient>("audrey", "auditor");
        var embargo = await rules.GetRuleAsync(new GetRuleRequest { Name = "rules/US-EMBARGO" });
        foreach (var filter in new[] { "name = rules/US-EMBARGO", "origin = PACK AND name = rules/US-EMBARGO", $"title = \"{embargo.Title}\"", "update_time >= \"2025-06-02T00:00:00Z\" AND name = rules/US-EMBARGO" })
            Assert.Equal("rules/US-EMBARGO", Assert.Single((await rules.ListRulesAsync(new ListRulesRequest { Filter = filter })).Rules).Name);
        var refused = await Refused.By(() => rules.ListRulesAsync(new ListRulesRequest { Filter = "origin = PACK AND colour = red" }).ResponseAsync);
        Assert.Equal((StatusCode.InvalidArgument, "FILTER_INVALID"), (refused.Code, refused.Reason));
    }
}
