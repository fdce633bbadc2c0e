using Grpc.Core;
using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using V1 = OrderTracking.Compliance.V1;
using HoldsApi = OrderTracking.Compliance.V1.HoldService;

namespace OrderTracking.ComplianceService.Tests.Audit;

public sealed class ChainTests
{
    [Fact]
    public async Task Places_have_no_gaps_although_transactions_are_rolled_back()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var before = (await host.Db.Read(AuditChain.Head)).Seq;

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            var failed = await Record.ExceptionAsync(() => host.Db.Write(async tx =>
            {
                await AuditChain.Append(tx, new ChainRecord(ChainKind.Act, "tests/1", "test", "test", "DONE"), host.Clock.GetUtcNow());
                if (number % 3 == 0)
                    throw new InvalidOperationException("rolled back");
            }));
            Assert.Equal(number % 3 == 0, failed is not null);
        }));

        Assert.Equal(before + 133, (await host.Db.Read(AuditChain.Head)).Seq);
        Assert.Empty((await Tampering.Verify(host)).Findings.Listed);
    }

    [Fact]
    public async Task A_decision_whose_entry_cannot_be_written_is_not_answered()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-06-01", "SG");
        await goods.Stands("READY");
        var decisions = await host.Count("decisions");
        await Tampering.Do(host, "alter table audit_chain rename to audit_chain_elsewhere");

        var error = await Assert.ThrowsAsync<RpcException>(() => goods.Authorize());

        Assert.NotEqual(StatusCode.OK, error.StatusCode);
        Assert.Equal((decisions, 0), (await host.Count("decisions"), await host.Count("permits")));
        await Tampering.Do(host, "alter table audit_chain_elsewhere rename to audit_chain");
        Assert.Equal(V1.Permit.Types.State.Granted, (await goods.Authorize()).State);
    }

    [Theory]
    [InlineData("update audit_chain set actor = 'x'")]
    [InlineData("delete from audit_chain")]
    [InlineData("update audit_heads set seq = 1")]
    [InlineData("delete from audit_heads")]
    [InlineData("update audit_payloads set body = ''")]
    [InlineData("delete from audit_payloads")]
    public async Task The_database_refuses_to_change_the_chain(string sql)
    {
        await using var host = await Tampering.Busy();

        await Assert.ThrowsAnyAsync<Exception>(() => host.Db.Write(tx => tx.Execute(sql)));
    }

    [Fact]
    public async Task A_token_signs_in_once_and_a_callers_or_services_never()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var olga = host.As<HoldsApi.HoldServiceClient>("olga", "officer");

        for (var call = 0; call < 3; call++)
            await olga.ListHoldsAsync(new V1.ListHoldsRequest());
        await host.As<HoldsApi.HoldServiceClient>("olga", "officer").ListHoldsAsync(new V1.ListHoldsRequest());
        await host.As<HoldsApi.HoldServiceClient>("erp", "caller").ListHoldsAsync(new V1.ListHoldsRequest());
        await host.As<HoldsApi.HoldServiceClient>("orders", "service").ListHoldsAsync(new V1.ListHoldsRequest());

        Assert.Equal(2, await host.Count("audit_chain", "kind = 'SIGN_IN' and actor = 'olga'"));
        Assert.Equal(2, await host.Count("audit_chain", "kind = 'SIGN_IN'"));
    }

    [Fact]
    public async Task A_refused_attempt_is_in_the_chain_with_its_shipment()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-06-01", "SG");
        await goods.Stands("READY");
        var staff = new Staff(host);
        var hold = await staff.Ana.PlaceHoldAsync(new V1.PlaceHoldRequest { Shipment = goods.Name, Reason = "OTHER", Explanation = "look at it" });
        var proposed = await staff.Olga.ProposeReleaseAsync(Staff.Proposal(hold, "OTHER"));

        await Refused.By(async () => await staff.Olga.ApproveReleaseAsync(new V1.ApproveReleaseRequest { Name = proposed.Name }));

        Assert.Equal(1, await host.Count("audit_chain", $"outcome = 'SAME_PERSON' and shipment = '{goods.Name}' and actor = 'olga'"));
    }

    [Fact]
    public void An_entry_hashes_to_what_its_form_says()
    {
        var entry = new ChainEntry
        {
            Seq = 1, Kind = "ACT", Subject = "holds/1", Shipment = "", Order = "", Actor = "ana", Action = "holds.place", Outcome = "DONE", Detail = "ü",
            PayloadDigest = "", TraceId = "", RecordedAt = "2025-06-01T12:00:00.0000000Z", PreviousHash = EntryHash.Genesis, Hash = "",
        };

        // Computed apart, in Python, from the words of EntryHash.
        Assert.Equal("74dbdb0d45534f93a9d6ff13e1346ff3dad085fed60c32713b7a9c1569dc39cc", EntryHash.Of(entry));
    }
}
