using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Orders;
using Xunit;
using AuditApi = OrderTracking.Compliance.V1.AuditService;

namespace OrderTracking.ComplianceService.Tests.Audit;

public sealed class SearchTests
{
    [Fact]
    public async Task Each_key_alone_finds_every_record_of_the_transaction_and_of_no_other()
    {
        await using var host = await Tampering.Busy();
        var goods = await Goods.Plan(host, "A800", "2025-06-02", "SG", quantity: 7);
        var mine = goods.Snapshot;
        await goods.Revise(shipment => shipment with { Parties = [shipment.Parties[0] with { Name = "Étoile  Electronique" }], Item = new("A100", null, null) });
        await host.Publish(Guid.CreateVersion7(), new OrderPlaced(Guid.CreateVersion7(), host.Clock.GetUtcNow(), "erp", new OrderSnapshot(
            mine.OrderId, 1, "NVIDIA", [mine.Parties[0] with { Country = "MY" }], "SG", "US", "America/Los_Angeles", "EXPORT", [],
            [new OrderDocument("INVOICE", "inv-2025/77")])));
        await ComplianceHost.Eventually(async () => await host.Count("record_keys", "kind = 'DOCUMENT'") == 1 ? "known" : null, "the document is known");
        await ComplianceHost.Eventually(async () => await host.Count("decisions", $"shipment = '{goods.Name}'") == 2 ? "decided" : null, "both revisions decided");
        await host.Quiet();
        var order = $"orders/{mine.OrderId:D}";
        var all = await host.Db.Read(tx => tx.Query<string>("select subject from audit_chain where order_name = @order order by seq", new { order }));

        foreach (var request in (SearchRecordsRequest[])
        [
            new() { Party = " étoile electronique " },
            new() { Country = "MY" },
            new() { DocumentNumber = "INV-2025/77" },
            new() { PartNumber = "A100" },
            new() { Order = order },
            new() { Shipment = goods.Name },
            new() { PartNumber = "A800", Country = "SG" },
        ])
            Assert.Equal(all, (await Ulla(host).SearchRecordsAsync(request)).Records.Select(record => record.Name));
        Assert.Contains(all, name => name.StartsWith("decisions/", StringComparison.Ordinal));
        Assert.Empty((await Ulla(host).SearchRecordsAsync(new SearchRecordsRequest { Party = "nobody" })).Records);
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended()
    {
        await using var host = await Tampering.Busy();
        var whole = (await Ulla(host).SearchRecordsAsync(new SearchRecordsRequest { Party = "AURORA SYSTEMS" })).Records;
        var request = new SearchRecordsRequest { Party = "Aurora Systems", PageSize = 3 };
        var names = new List<string>();
        do
        {
            var page = await Ulla(host).SearchRecordsAsync(request);
            names.AddRange(page.Records.Select(record => record.AuditEntry));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(whole.Select(record => record.AuditEntry), names);
        Assert.Contains(whole, record => record.Kind == "LICENCE_MOVEMENT");
        Assert.Contains(whole, record => record.Kind == "PERMIT");
    }

    [Fact]
    public async Task A_search_for_nothing_is_refused()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");

        Assert.Equal("SEARCH_KEY_MISSING", (await Refused.By(async () => await Ulla(host).SearchRecordsAsync(new SearchRecordsRequest()))).Reason);
        Assert.Equal("NAME_INVALID", (await Refused.By(async () => await Ulla(host).SearchRecordsAsync(new SearchRecordsRequest { Order = "x" }))).Reason);
    }

    private static AuditApi.AuditServiceClient Ulla(ComplianceHost host) => host.As<AuditApi.AuditServiceClient>("ulla", "auditor");
}
