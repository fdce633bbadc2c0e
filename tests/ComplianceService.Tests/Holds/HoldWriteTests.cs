using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>What every write on holds has in common: preview, repeat, and everything wrong at once.</summary>
public sealed class HoldWriteTests
{
    [Fact]
    public async Task Validate_only_leaves_no_row_and_sends_no_event()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "UNKNOWN-1", "2025-05-20", "JP");
        var hold = await goods.Held("PART_NOT_IN_CATALOGUE");
        var events = await host.Count("outbox");

        var proposal = Staff.Proposal(hold, "OTHER");
        proposal.ValidateOnly = true;
        Assert.Equal(Release.Types.State.Proposed, (await staff.Olga.ProposeReleaseAsync(proposal)).State);
        await staff.Ana.PlaceHoldAsync(Stop(goods, validateOnly: true));
        await staff.Ana.AssignHoldAsync(new AssignHoldRequest { Name = hold.Name, Owner = "ana", ValidateOnly = true });
        Assert.Equal((1, 0, 0, 0), (await host.Count("holds"), await host.Count("releases"), await host.Count("audit_entries"), await host.Count("requests")));
        Assert.Equal((events, hold.Etag), (await host.Count("outbox"), (await goods.Held("PART_NOT_IN_CATALOGUE")).Etag));
    }

    [Fact]
    public async Task A_repeated_request_is_answered_with_the_first_answer()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "L2", "2025-05-20", "JP");
        await goods.Stands("READY");
        var stop = Stop(goods, requestId: Guid.CreateVersion7().ToString("D"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await staff.Ana.PlaceHoldAsync(stop)));
        Assert.Single(answers.Distinct());
        stop.Explanation = "something else";
        Assert.Equal("REQUEST_ID_REUSED", (await Refused.By(async () => await staff.Ana.PlaceHoldAsync(stop))).Reason);
        stop.RequestId = "";
        Assert.Equal((StatusCode.AlreadyExists, "HOLD_ALREADY_OPEN"), await Reason(() => staff.Ana.PlaceHoldAsync(stop).ResponseAsync));
        Assert.Single(await host.Sent<HoldOpened>());
        Assert.Equal(["STOP_SHIP"], (await goods.Stands("HELD")).Reasons);
    }

    [Fact]
    public async Task Everything_wrong_with_a_request_is_told_at_once()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var place = new PlaceHoldRequest { Shipment = "shipment/1", Reason = "BAD_MOOD" };
        Assert.Equal((StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID"), await Reason(() => staff.Ana.PlaceHoldAsync(place).ResponseAsync));
        var unknown = $"holds/{Guid.CreateVersion7():D}";
        Assert.Equal((StatusCode.NotFound, "HOLD_UNKNOWN"), await Reason(() => staff.Ana.GetHoldAsync(new GetHoldRequest { Name = unknown }).ResponseAsync));
        Assert.Equal((StatusCode.InvalidArgument, "NAME_INVALID"), await Reason(
            () => staff.Omar.ApproveReleaseAsync(new ApproveReleaseRequest { Name = $"{unknown}/release/1" }).ResponseAsync));
        Assert.Equal((StatusCode.InvalidArgument, "NOTE_INVALID"), await Reason(() => staff.Omar.RejectReleaseAsync(
            new RejectReleaseRequest { Name = $"{unknown}/releases/{Guid.CreateVersion7():D}" }).ResponseAsync));
        var nowhere = new PlaceHoldRequest { Shipment = $"shipments/{Guid.CreateVersion7():D}", Reason = "CREDIT", Explanation = "late payer" };
        Assert.Equal((StatusCode.NotFound, "SHIPMENT_UNKNOWN"), await Reason(() => staff.Ana.PlaceHoldAsync(nowhere).ResponseAsync));
    }

    [Fact]
    public async Task Holds_are_listed_by_what_staff_work_by()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var late = await Goods.Plan(host, "UNKNOWN-1", "2025-05-20", "JP");
        var soon = await Goods.Plan(host, "UNKNOWN-2", "2025-05-02", "JP");
        var hold = await soon.Held("PART_NOT_IN_CATALOGUE");
        await late.Held("PART_NOT_IN_CATALOGUE");
        await staff.Ana.AssignHoldAsync(new AssignHoldRequest { Name = hold.Name, Owner = "ana" });

        var all = await staff.Ana.ListHoldsAsync(new ListHoldsRequest { OrderBy = "planned_ship_date" });
        Assert.Equal([soon.Name, late.Name], all.Holds.Select(listed => listed.Shipment));
        var mine = await staff.Ana.ListHoldsAsync(new ListHoldsRequest { Filter = "owner = ana AND planned_ship_date <= 2025-05-10" });
        Assert.Equal("ana", Assert.Single(mine.Holds).Owner);
        var page = await staff.Ana.ListHoldsAsync(new ListHoldsRequest { PageSize = 1 });
        Assert.Equal(late.Name, Assert.Single(page.Holds).Shipment);
        var next = await staff.Ana.ListHoldsAsync(new ListHoldsRequest { PageSize = 1, PageToken = page.NextPageToken });
        Assert.Equal(soon.Name, Assert.Single(next.Holds).Shipment);
        Assert.Equal("", next.NextPageToken);

        await late.Revise(snapshot => snapshot with { PlannedShipDate = Goods.Day("2025-05-01") });
        await late.Stands("HELD");
        var moved = await staff.Ana.ListHoldsAsync(new ListHoldsRequest { OrderBy = "planned_ship_date" });
        Assert.Equal([late.Name, soon.Name], moved.Holds.Select(listed => listed.Shipment));
    }

    private static PlaceHoldRequest Stop(Goods goods, bool validateOnly = false, string requestId = "") => new()
    {
        Shipment = goods.Name,
        Reason = "STOP_SHIP",
        Explanation = "wrong crate",
        ValidateOnly = validateOnly,
        RequestId = requestId,
    };

    private static async Task<(StatusCode Code, string Reason)> Reason<T>(Func<Task<T>> call)
    {
        var refused = await Refused.By(call);
        return (refused.Code, refused.Reason);
    }
}
