using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ComplianceService.Tests.Permits;

/// <summary>The permit: granted once, for one day, on what is known in its own transaction.</summary>
public sealed class AuthorizeDispatchTests
{
    private const string Letter = "US-2025-04-NVIDIA-LETTER";

    [Fact]
    public async Task The_same_request_is_answered_with_the_same_permit_and_another_one_is_refused()
    {
        await using var host = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-03-10");
        await goods.Stands("READY");
        var request = Guid.CreateVersion7();
        var permits = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => goods.Authorize(request)));
        Assert.Single(permits.Select(permit => permit.Name).Distinct());
        Assert.Equal((Permit.Types.State.Granted, Goods.WireDay(Goods.Day("2025-03-10"))), (permits[0].State, permits[0].ShipDate));

        var other = await Refused.By(() => goods.Authorize());
        Assert.Equal((StatusCode.FailedPrecondition, "ALREADY_PERMITTED"), (other.Code, other.Reason));
        var elsewhere = await Goods.Plan(host, "H20", "2025-03-10");
        Assert.Equal("REQUEST_ID_REUSED", (await Refused.By(() => elsewhere.Authorize(request))).Reason);
        Assert.Single(await host.Sent<PermitGranted>());
        var decision = await host.As<ComplianceApi.ComplianceServiceClient>("audit", "auditor")
            .GetDecisionAsync(new GetDecisionRequest { Name = permits[0].Decision });
        Assert.Equal((Decision.Types.Occasion.Dispatch, "shipments", 2L), (decision.Occasion, decision.Actor, decision.Number));
    }

    [Fact]
    public async Task Validate_only_answers_and_changes_nothing()
    {
        await using var host = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-03-10");
        await goods.Stands("READY");
        var request = goods.Request();
        request.ValidateOnly = true;
        var permit = await host.As<ComplianceApi.ComplianceServiceClient>("shipments", "service").AuthorizeDispatchAsync(request);
        Assert.Equal(Permit.Types.State.Granted, permit.State);
        Assert.Equal((0, 1), (await host.Count("permits"), await host.Count("decisions")));
        Assert.Empty(await host.Sent<PermitGranted>());
    }

    [Fact]
    public async Task Facts_that_are_older_or_other_than_what_is_known_are_refused()
    {
        await using var host = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-03-10");
        await goods.Stands("READY");
        var before = goods.Request();
        await goods.Revise(snapshot => snapshot with { Quantity = 50 });
        await goods.Stands("READY");
        var client = host.As<ComplianceApi.ComplianceServiceClient>("shipments", "service");
        var older = await Refused.By(async () => await client.AuthorizeDispatchAsync(before));
        Assert.Equal((StatusCode.Aborted, "FACTS_SUPERSEDED"), (older.Code, older.Reason));
        before.ShipmentRevision = 2;
        Assert.Equal("FACTS_SUPERSEDED", (await Refused.By(async () => await client.AuthorizeDispatchAsync(before))).Reason);
        Assert.Equal(Permit.Types.State.Granted, (await goods.Authorize()).State);
    }

    [Fact]
    public async Task A_shipment_compliance_has_not_heard_of_is_decided_on_the_facts_of_the_request()
    {
        await using var host = await ComplianceHost.Start("2025-05-10T20:00:00Z");
        await using var elsewhere = await ComplianceHost.Start("2025-05-10T20:00:00Z");
        var goods = await Goods.Plan(elsewhere, "H20", "2025-05-10");
        var refused = await Refused.By(async () => await host.As<ComplianceApi.ComplianceServiceClient>("shipments", "service")
            .AuthorizeDispatchAsync(goods.Request()));
        Assert.Equal("DISPATCH_REFUSED", refused.Reason);
        Assert.Equal(("HELD", Letter), (refused.Metadata["standing"], refused.Metadata["reasons"]));
        Assert.Equal(1, await host.Count("holds"));
    }

    [Fact]
    public async Task A_refusal_commits_its_decision_its_holds_and_where_the_shipment_stands()
    {
        await using var host = await ComplianceHost.Start("2025-04-08T20:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-04-08");
        await goods.Stands("READY");
        // The clock has passed the letter and the re-check may or may not have seen it: the gate does.
        host.Clock.Set(ComplianceHost.At("2025-04-09T08:00:00Z"));
        var refused = await Refused.By(() => goods.Authorize());
        Assert.Equal([Letter], refused.Violations.Select(violation => violation.Subject));
        Assert.Equal("LICENCE_REQUIRED/UNSTATED", Assert.Single(refused.Violations).Type);
        Assert.Equal([Letter], (await goods.Stands("HELD")).Reasons);
        await goods.Held(Letter);
        Assert.Equal(0, await host.Count("permits"));
    }

    [Fact]
    public async Task A_release_for_the_planned_day_does_not_let_the_goods_leave_before_it_and_stands_for_that_day()
    {
        await using var host = await ComplianceHost.Start("2025-05-18T20:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-05-20");
        var licence = await staff.Register(Letter);
        await staff.Settle(await goods.Held(Letter), "LICENCE", licence.Name);
        await goods.Stands("READY");

        Assert.Equal("HELD", (await Refused.By(() => goods.Authorize())).Metadata["standing"]);
        await goods.Stands("HELD");
        await goods.Held(Letter, "SETTLED");
        host.Clock.Set(ComplianceHost.At("2025-05-19T07:00:00Z"));
        await goods.Stands("READY");
        host.Clock.Set(ComplianceHost.At("2025-05-20T20:00:00Z"));
        var permit = await goods.Authorize();
        Assert.Equal([licence.Name], permit.Licences);
        var line = await staff.Balance(licence);
        Assert.Equal((0, 100), (line.ReservedQuantity, line.DrawnQuantity));
    }

    [Fact]
    public async Task A_publication_before_departure_revokes_the_permit_gives_the_licence_back_and_opens_holds()
    {
        await using var host = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-05-20");
        var departed = await Goods.Plan(host, "L20", "2025-05-20");
        var licence = await staff.Register(Letter);
        await staff.Settle(await goods.Held(Letter), "LICENCE", licence.Name);
        var permit = await goods.Authorize();
        await departed.Stands("READY");
        await departed.Authorize();
        await departed.Depart("2025-05-20");

        await staff.Forbid("TEST-CHINA", "CN");
        Assert.Equal(["TEST-CHINA", Letter], (await goods.Stands("HELD")).Reasons);
        var revoked = await host.As<ComplianceApi.ComplianceServiceClient>("ana", "analyst")
            .GetPermitAsync(new GetPermitRequest { Name = permit.Name });
        Assert.Equal(Permit.Types.State.Revoked, revoked.State);
        Assert.Contains("TEST-CHINA", revoked.RevokeReason, StringComparison.Ordinal);
        Assert.Equal(0, (await staff.Balance(licence)).DrawnQuantity);
        await host.Quiet();
        Assert.Equal(permit.Uid, Assert.Single(await host.Sent<PermitRevoked>()).PermitId.ToString("D"));
    }

    [Fact]
    public async Task A_stop_by_hand_takes_the_permit_back()
    {
        await using var host = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-03-10");
        await goods.Authorize();
        await staff.Ana.PlaceHoldAsync(new PlaceHoldRequest { Shipment = goods.Name, Reason = "STOP_SHIP", Explanation = "wrong crate" });
        Assert.Single(await host.Sent<PermitRevoked>());
        Assert.Equal(["STOP_SHIP"], (await goods.Stands("HELD")).Reasons);
    }
}
