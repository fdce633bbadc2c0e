using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>Settling holds: two people, a licence where the law wants one, and what ends a release again.</summary>
public sealed class ReleaseTests
{
    private const string Letter = "US-2025-04-NVIDIA-LETTER";

    [Fact]
    public async Task H20_is_ready_again_when_two_officers_release_it_under_a_licence()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-05-20");
        var hold = await goods.Held(Letter);
        var licence = await staff.Register(Letter);

        var release = await staff.Settle(hold, "LICENCE", licence.Name);
        Assert.Equal((Release.Types.State.Approved, "olga", "omar"), (release.State, release.ProposedBy, release.DecidedBy));
        var ready = await goods.Stands("READY");
        Assert.Equal(("HELD", 1), (ready.Outcome, ready.DecisionNumber));
        Assert.Empty(ready.Reasons);
        Assert.Equal(100, (await staff.Balance(licence)).ReservedQuantity);
        Assert.Single(await host.Sent<ReleaseProposed>(), proposed => proposed.Actor == "olga" && proposed.ReasonCode == "LICENCE" && proposed.LicenceId is not null);
        Assert.Empty(await host.Sent<ReleaseRejected>());
        Assert.Single(await host.Sent<HoldSettled>(), settled => settled.Actor == "omar" && settled.ProposedBy == "olga");
    }

    [Fact]
    public async Task A_licence_requirement_is_not_released_without_a_licence_and_a_prohibition_never()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var hold = await (await Goods.Plan(host, "H20", "2025-05-20")).Held(Letter);
        var reasoned = await Refused.By(async () => await staff.Olga.ProposeReleaseAsync(Staff.Proposal(hold, "OTHER")));
        Assert.Equal((StatusCode.FailedPrecondition, "LICENCE_REQUIRED_FOR_RELEASE"), (reasoned.Code, reasoned.Reason));

        var embargoed = await (await Goods.Plan(host, "L2", "2025-05-20", "IR")).Held("US-EMBARGO");
        var licence = await staff.Register("US-EMBARGO");
        var refused = await Refused.By(async () => await staff.Olga.ProposeReleaseAsync(Staff.Proposal(embargoed, "LICENCE", licence.Name)));
        Assert.Equal((StatusCode.FailedPrecondition, "HOLD_CANNOT_BE_RELEASED"), (refused.Code, refused.Reason));
        Assert.Equal(2, await host.Count("audit_entries", "action = 'releases.propose' and outcome <> 'DONE'"));
    }

    [Fact]
    public async Task A_licence_that_does_not_cover_is_refused_with_every_mismatch()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var hold = await (await Goods.Plan(host, "H20", "2025-05-20")).Held(Letter);
        var licence = await staff.Register(Letter, quantity: 99, family: "H100", validTo: "2025-05-19", party: "Somebody Else");
        var refused = await Refused.By(async () => await staff.Olga.ProposeReleaseAsync(Staff.Proposal(hold, "LICENCE", licence.Name)));
        Assert.Equal((StatusCode.FailedPrecondition, "LICENCE_DOES_NOT_COVER"), (refused.Code, refused.Reason));
        Assert.True(refused.Violations.Count >= 3, string.Join("; ", refused.Violations.Select(violation => violation.Description)));
    }

    [Fact]
    public async Task Nobody_approves_or_rejects_what_he_proposed_and_the_attempt_is_remembered()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var hold = await (await Goods.Plan(host, "UNKNOWN-1", "2025-05-20", "JP")).Held("PART_NOT_IN_CATALOGUE");
        var proposed = await staff.Olga.ProposeReleaseAsync(Staff.Proposal(hold, "FACTS_REVIEWED"));

        var approved = await Refused.By(async () => await staff.Olga.ApproveReleaseAsync(new ApproveReleaseRequest { Name = proposed.Name }));
        var rejected = await Refused.By(async () => await staff.Olga.RejectReleaseAsync(new RejectReleaseRequest { Name = proposed.Name, Note = "no" }));
        Assert.Equal((StatusCode.PermissionDenied, "SAME_PERSON"), (approved.Code, approved.Reason));
        Assert.Equal((StatusCode.PermissionDenied, "SAME_PERSON"), (rejected.Code, rejected.Reason));
        Assert.Equal(2, await host.Count("audit_entries", "outcome = 'SAME_PERSON' and actor = 'olga'"));

        await Refused.By(async () => await staff.Olga.ApproveReleaseAsync(new ApproveReleaseRequest { Name = proposed.Name, ValidateOnly = true }));
        Assert.Equal(2, await host.Count("audit_entries", "outcome = 'SAME_PERSON'"));
    }

    [Fact]
    public async Task Of_many_concurrent_approvals_one_counts()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-05-20");
        var licence = await staff.Register(Letter);
        var proposed = await staff.Olga.ProposeReleaseAsync(Staff.Proposal(await goods.Held(Letter), "LICENCE", licence.Name));
        var approvals = Enumerable.Range(0, 30).Select(async number =>
        {
            try
            {
                var officer = host.As<HoldService.HoldServiceClient>($"officer-{number}", "officer");
                await officer.ApproveReleaseAsync(new ApproveReleaseRequest { Name = proposed.Name });
                return "";
            }
            catch (RpcException error)
            {
                return error.Status.Detail;
            }
        });
        var answers = await Task.WhenAll(approvals);
        Assert.Single(answers, "");
        Assert.Equal(100, (await staff.Balance(licence)).ReservedQuantity);
        Assert.Single(await host.Sent<HoldSettled>());
    }

    [Fact]
    public async Task Of_three_holds_the_release_of_one_leaves_the_other_two_and_the_refusal_names_them()
    {
        await using var host = await ComplianceHost.Start("2025-05-20T19:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-05-20");
        var hold = await goods.Held(Letter);
        foreach (var reason in (string[])["CREDIT", "STOP_SHIP"])
            await staff.Ana.PlaceHoldAsync(new PlaceHoldRequest { Shipment = goods.Name, Reason = reason, Explanation = "asked by finance" });
        var licence = await staff.Register(Letter);
        await staff.Settle(hold, "LICENCE", licence.Name);

        Assert.Equal(["CREDIT", "STOP_SHIP"], (await goods.Stands("HELD")).Reasons);
        var refused = await Refused.By(() => goods.Authorize());
        Assert.Equal((StatusCode.FailedPrecondition, "DISPATCH_REFUSED"), (refused.Code, refused.Reason));
        Assert.Equal(["CREDIT", "STOP_SHIP"], refused.Violations.Select(violation => violation.Subject));
        foreach (var left in await goods.Holds("OPEN"))
            await staff.Settle(left, left.Reason == "CREDIT" ? "CREDIT_CLEARED" : "OTHER");
        await goods.Stands("READY");
    }

    [Fact]
    public async Task Changed_facts_void_a_release_reopen_the_hold_and_give_the_licence_back()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-05-20");
        var licence = await staff.Register(Letter);
        await staff.Settle(await goods.Held(Letter), "LICENCE", licence.Name);
        await goods.Stands("READY");

        await goods.Revise(snapshot => snapshot with { Quantity = 101 });
        Assert.Equal([Letter], (await goods.Stands("HELD")).Reasons);
        var hold = await goods.Held(Letter);
        Assert.Equal(Release.Types.State.Voided, Assert.Single(hold.Releases).State);
        Assert.Equal(0, (await staff.Balance(licence)).ReservedQuantity);
        Assert.Equal(2, (await host.Sent<HoldOpened>()).Count);
    }

    [Fact]
    public async Task A_release_expires_with_its_last_ship_date()
    {
        await using var host = await ComplianceHost.Start("2025-05-19T12:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "UNKNOWN-1", "2025-05-20", "JP");
        await staff.Settle(await goods.Held("PART_NOT_IN_CATALOGUE"), "FACTS_REVIEWED");
        await goods.Stands("READY");
        host.Clock.Set(ComplianceHost.At("2025-05-21T07:00:00Z"));
        var held = await goods.Stands("HELD");
        Assert.True(held.Overdue);
        Assert.Equal(Release.Types.State.Expired, Assert.Single((await goods.Held("PART_NOT_IN_CATALOGUE")).Releases).State);
    }

    [Fact]
    public async Task A_rejected_release_opens_the_hold_again_for_another_proposal()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z", ("Compliance:StrictEtags", "true"));
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "UNKNOWN-1", "2025-05-20", "JP");
        var hold = await goods.Held("PART_NOT_IN_CATALOGUE");
        Assert.Equal("ETAG_REQUIRED", (await Refused.By(async () => await staff.Olga.ProposeReleaseAsync(Staff.Proposal(hold, "OTHER")))).Reason);

        var proposal = Staff.Proposal(hold, "OTHER");
        proposal.Etag = hold.Etag;
        var release = await staff.Olga.ProposeReleaseAsync(proposal);
        Assert.Equal("ETAG_MISMATCH", (await Refused.By(async () => await staff.Olga.ProposeReleaseAsync(proposal))).Reason);
        proposal.Etag = (await goods.Held("PART_NOT_IN_CATALOGUE", "RELEASE_PROPOSED")).Etag;
        Assert.Equal("HOLD_NOT_OPEN", (await Refused.By(async () => await staff.Olga.ProposeReleaseAsync(proposal))).Reason);
        await staff.Omar.RejectReleaseAsync(new RejectReleaseRequest { Name = release.Name, Etag = release.Etag, Note = "facts first" });

        proposal.Etag = (await goods.Held("PART_NOT_IN_CATALOGUE")).Etag;
        Assert.Equal(Release.Types.State.Proposed, (await staff.Olga.ProposeReleaseAsync(proposal)).State);
    }
}
