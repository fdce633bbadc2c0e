using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Shipments;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>What is newly clear is proposed to staff; no decision lets a shipment go by itself.</summary>
public sealed class ClearanceTests
{
    private const string Diffusion = "US-2025-01-DIFFUSION";

    [Fact]
    public async Task A_rule_that_is_withdrawn_leaves_the_shipment_held_until_one_officer_confirms()
    {
        await using var host = await ComplianceHost.Start("2025-05-12T12:00:00Z");
        var staff = new Staff(host);
        var (goods, hold) = await Lapsed(host);
        Assert.Equal([Diffusion], (await goods.Screened())[^1].Reasons);
        Assert.Equal(("CLEARED", "HELD"), ((await goods.Screened())[^1].Outcome, (await goods.Screened())[^1].Standing));
        var proposal = Assert.Single(hold.Releases);
        Assert.Equal(("NO_LONGER_APPLIES", "compliance", Release.Types.State.Proposed), (proposal.ReasonCode, proposal.ProposedBy, proposal.State));

        await staff.Omar.ApproveReleaseAsync(new ApproveReleaseRequest { Name = proposal.Name });
        await goods.Stands("READY");
        var gone = await goods.Held(Diffusion, "VOIDED");
        Assert.Equal("omar", Assert.Single(gone.Releases).DecidedBy);
        Assert.Equal("omar", Assert.Single(await host.Sent<HoldVoided>()).Actor);
    }

    [Fact]
    public async Task What_was_blocked_is_only_held_while_it_waits_for_the_confirmation()
    {
        await using var host = await ComplianceHost.Start("2025-05-12T12:00:00Z");
        var goods = await Goods.Plan(host, "L2", "2025-05-20", "IR");
        await goods.Stands("BLOCKED");
        await goods.Revise(snapshot => To(snapshot, "JP"));
        await goods.Stands("HELD");
        Assert.True((await goods.Held("US-EMBARGO", "RELEASE_PROPOSED")).Lapsed);
    }

    [Fact]
    public async Task The_gate_refuses_what_nobody_confirmed_although_the_rule_is_gone()
    {
        await using var host = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "L2", "2025-05-20", "IR");
        await goods.Stands("BLOCKED");
        await goods.Revise(snapshot => To(snapshot, "JP"));
        var hold = await goods.Held("US-EMBARGO", "RELEASE_PROPOSED");
        var refused = await Refused.By(() => goods.Authorize());
        Assert.Equal("DISPATCH_REFUSED", refused.Reason);
        Assert.Equal(("CLEARANCE_NOT_CONFIRMED", "US-EMBARGO"), Assert.Single(refused.Violations.Select(one => (one.Type, one.Subject))));
        await staff.Omar.ApproveReleaseAsync(new ApproveReleaseRequest { Name = hold.Releases[^1].Name });
        await goods.Stands("READY");
        Assert.Equal(Permit.Types.State.Granted, (await goods.Authorize()).State);
    }

    [Fact]
    public async Task A_request_for_a_permit_that_is_the_first_to_find_a_rule_gone_proposes_and_refuses()
    {
        await using var host = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        var goods = await Goods.Plan(host, "L2", "2025-05-20", "IR");
        await goods.Stands("BLOCKED");
        // The request overtakes the event that tells of the new facts.
        var overtaking = await Overtaking(host, goods, "JP");
        Assert.Equal("CLEARANCE_NOT_CONFIRMED", Assert.Single(overtaking.Violations).Type);
        Assert.Equal("HELD", overtaking.Metadata["standing"]);
        Assert.Equal(1, await host.Count("holds", "lapsed = 1 and state = 'RELEASE_PROPOSED'"));
        Assert.Equal(0, await host.Count("permits"));
    }

    [Fact]
    public async Task A_rejected_clearance_stays_held_until_something_changes_or_two_people_say_so()
    {
        await using var host = await ComplianceHost.Start("2025-05-12T12:00:00Z");
        var staff = new Staff(host);
        var (goods, hold) = await Lapsed(host);
        await staff.Olga.RejectReleaseAsync(new RejectReleaseRequest { Name = hold.Releases[0].Name, Note = "the notice is not published yet" });
        Assert.Single(await host.Sent<ReleaseProposed>(), proposed => $"holds/{proposed.HoldId}" == hold.Name);
        Assert.Single(
            await host.Sent<ReleaseRejected>(),
            rejected => $"holds/{rejected.HoldId}" == hold.Name && rejected.Actor == "olga" && rejected.Why == "the notice is not published yet");
        var open = await goods.Held(Diffusion);
        Assert.True(open.Lapsed);
        await staff.Forbid("TEST-ELSEWHERE", "VN");
        await host.Quiet();
        open = await goods.Held(Diffusion);

        var other = await Refused.By(async () => await staff.Ana.ProposeReleaseAsync(Staff.Proposal(open, "OTHER")));
        Assert.Equal((StatusCode.FailedPrecondition, "REASON_CODE_DOES_NOT_FIT"), (other.Code, other.Reason));
        var proposal = await staff.Ana.ProposeReleaseAsync(Staff.Proposal(open, "NO_LONGER_APPLIES"));
        await goods.Revise(snapshot => snapshot with { Quantity = 160 });
        var again = await ComplianceHost.Eventually(
            async () => (await goods.Holds("RELEASE_PROPOSED")).FirstOrDefault(held => held.Releases.Count == 3), "proposed anew");
        Assert.Equal(
            [Release.Types.State.Rejected, Release.Types.State.Voided, Release.Types.State.Proposed], again.Releases.Select(release => release.State));
        Assert.Equal(("compliance", proposal.Name), (again.Releases[2].ProposedBy, again.Releases[1].Name));
        Assert.Contains(again.Releases[1].Changes, change => change is { Field: "quantity", Before: "100", After: "160" });
        await staff.Olga.ApproveReleaseAsync(new ApproveReleaseRequest { Name = again.Releases[2].Name });
        await goods.Stands("READY");
    }

    [Fact]
    public async Task A_rejected_clearance_is_asked_about_anew_when_the_rule_is_another_although_it_still_does_not_apply()
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "L20", "2025-05-20", "JP");
        await goods.Stands("READY");
        await staff.Forbid("TEST-MOVING", "JP");
        await goods.Held("TEST-MOVING");
        await staff.Forbid("TEST-MOVING", "VN");
        var asked = await goods.Held("TEST-MOVING", "RELEASE_PROPOSED");
        await staff.Olga.RejectReleaseAsync(new RejectReleaseRequest { Name = asked.Releases[0].Name, Note = "the notice is not published yet" });
        Assert.True((await goods.Held("TEST-MOVING")).Lapsed);

        await staff.Forbid("TEST-MOVING", "SE");
        var anew = await goods.Held("TEST-MOVING", "RELEASE_PROPOSED");
        Assert.Equal([Release.Types.State.Rejected, Release.Types.State.Proposed], anew.Releases.Select(release => release.State));
    }

    [Fact]
    public async Task A_rule_that_applies_again_takes_the_proposal_back_and_the_hold_is_as_before()
    {
        await using var host = await ComplianceHost.Start("2025-05-12T12:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "L2", "2025-05-20", "IR");
        var hold = await goods.Held("US-EMBARGO");
        await goods.Revise(snapshot => To(snapshot, "JP"));
        var lapsed = await goods.Held("US-EMBARGO", "RELEASE_PROPOSED");
        await goods.Revise(snapshot => To(snapshot, "IR"));
        await goods.Stands("BLOCKED");
        var open = await goods.Held("US-EMBARGO");
        Assert.Equal((hold.Name, false, Release.Types.State.Voided), (open.Name, open.Lapsed, Assert.Single(open.Releases).State));
        var late = await Refused.By(async () => await staff.Omar.ApproveReleaseAsync(new ApproveReleaseRequest { Name = lapsed.Releases[0].Name }));
        Assert.Equal("RELEASE_NOT_PROPOSED", late.Reason);
    }

    [Fact]
    public async Task Thousands_that_an_amendment_cleared_are_found_by_a_filter_and_approved_in_batches()
    {
        await using var host = await ComplianceHost.Start("2025-05-12T12:00:00Z");
        var staff = new Staff(host);
        for (var i = 0; i < 120; i++)
            await Goods.Plan(host, "B200", "2025-05-20", "IN");
        await ComplianceHost.Eventually(async () => await host.Count("holds") == 120 ? "held" : null, "120 held");
        host.Clock.Set(ComplianceHost.At("2025-05-13T00:00:00Z"));
        await ComplianceHost.Eventually(
            async () => await host.Count("holds", "lapsed = 1 and state = 'RELEASE_PROPOSED'") == 120 ? "proposed" : null, "120 proposed");
        var waiting = await staff.Omar.ListHoldsAsync(new ListHoldsRequest { Filter = "lapsed = true AND state = RELEASE_PROPOSED", PageSize = 1000 });
        var request = new BatchApproveReleasesRequest { Note = "notice of 2025-05-13", RequestId = Guid.CreateVersion7().ToString("D") };
        request.Names.AddRange(waiting.Holds.Select(hold => hold.Releases[^1].Name));
        request.Names.Add($"holds/{Guid.CreateVersion7():D}/releases/{Guid.CreateVersion7():D}");
        var answer = await staff.Omar.BatchApproveReleasesAsync(request);
        Assert.Equal(request.Names, answer.Results.Select(result => result.Name));
        Assert.Equal(120, answer.Results.Count(result => result.Release?.State == Release.Types.State.Approved));
        Assert.Equal((int)StatusCode.NotFound, answer.Results[^1].Error.Code);
        Assert.Equal(answer, await staff.Omar.BatchApproveReleasesAsync(request));
        Assert.Equal(120, (await host.Sent<HoldVoided>()).Count);
        Assert.Equal(120, await host.Count("shipments", "standing = 'READY'"));

        var none = await Refused.By(async () => await staff.Omar.BatchApproveReleasesAsync(new BatchApproveReleasesRequest()));
        Assert.Equal((StatusCode.InvalidArgument, "BATCH_SIZE_INVALID"), (none.Code, none.Reason));
    }

    private static async Task<(Goods Goods, Hold Hold)> Lapsed(ComplianceHost host)
    {
        var goods = await Goods.Plan(host, "B200", "2025-05-20", "IN");
        Assert.Equal([Diffusion], (await goods.Stands("HELD")).Reasons);
        host.Clock.Set(ComplianceHost.At("2025-05-13T00:00:00Z"));
        return (goods, await goods.Held(Diffusion, "RELEASE_PROPOSED"));
    }

    private static ShipmentSnapshot To(ShipmentSnapshot snapshot, string destination) => snapshot with
    {
        DestinationCountry = destination,
        Parties = [snapshot.Parties[0] with { Country = destination, HeadquartersCountry = destination }],
    };

    private static async Task<Refused> Overtaking(ComplianceHost host, Goods goods, string destination)
    {
        var request = goods.Request(revision: 2);
        request.Facts.DestinationCountry = destination;
        (request.Facts.Parties[0].Country, request.Facts.Parties[0].HeadquartersCountry) = (destination, destination);
        var client = host.As<Compliance.V1.ComplianceService.ComplianceServiceClient>("shipments", "service");
        return await Refused.By(async () => await client.AuthorizeDispatchAsync(request));
    }
}
