using Google.Rpc;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using HoldsApi = OrderTracking.Compliance.V1.HoldService;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>Who clears which class of hold, asked of the service by everybody; and one person stays one person.</summary>
public sealed class ClearingRolesTests
{
    private const string Edge = "ROLE_NOT_ALLOWED";
    private const string Domain = "ROLE_MAY_NOT_CLEAR";

    // Class, role, and what proposing, approving and rejecting is answered with; blank: it is allowed.
    private static readonly (string Reason, string Role, string Propose, string Approve, string Reject)[] Matrix =
    [
        ("STOP_SHIP", "caller", Edge, Edge, Edge),
        ("STOP_SHIP", "analyst", "", Edge, Edge),
        ("STOP_SHIP", "officer", "", "", ""),
        ("STOP_SHIP", "counsel", "", "", ""),
        ("STOP_SHIP", "operator", Domain, Domain, Domain),
        ("STOP_SHIP", "auditor", Edge, Edge, Edge),
        ("STOP_SHIP", "service", Edge, Edge, Edge),
        ("OTHER", "operator", Domain, Domain, Domain),
        ("PART_NOT_IN_CATALOGUE", "operator", Domain, Domain, Domain),
        ("PART_NOT_IN_CATALOGUE", "analyst", "", Edge, Edge),
        ("PART_NOT_IN_CATALOGUE", "officer", "", "", ""),
        ("CREDIT", "caller", Edge, Edge, Edge),
        ("CREDIT", "analyst", "", Edge, Edge),
        ("CREDIT", "officer", "", "", ""),
        ("CREDIT", "counsel", "", "", ""),
        ("CREDIT", "operator", "", "", ""),
        ("CREDIT", "auditor", Edge, Edge, Edge),
        ("ADDRESS", "analyst", "", Edge, Edge),
        ("ADDRESS", "officer", "", "", ""),
        ("ADDRESS", "counsel", "", "", ""),
        ("ADDRESS", "operator", "", "", ""),
        ("ADDRESS", "service", Edge, Edge, Edge),
    ];

    [Fact]
    public async Task Only_the_right_role_proposes_and_decides_for_each_class()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var (open, proposed) = (await Holds(host, staff), await Holds(host, staff));
        var releases = new Dictionary<string, Release>();
        foreach (var (reason, hold) in proposed)
            releases[reason] = await staff.Ana.ProposeReleaseAsync(Staff.Proposal(hold, "OTHER"));
        foreach (var (reason, role, propose, approve, reject) in Matrix)
        {
            var client = host.As<HoldsApi.HoldServiceClient>($"some-{role}", role);
            var proposal = Staff.Proposal(open[reason], "OTHER");
            proposal.ValidateOnly = true;
            var name = releases[reason].Name;
            Assert.Equal((reason, role, "propose", propose), (reason, role, "propose", await Answer(() => client.ProposeReleaseAsync(proposal))));
            Assert.Equal((reason, role, "approve", approve), (reason, role, "approve", await Answer(
                () => client.ApproveReleaseAsync(new ApproveReleaseRequest { Name = name, ValidateOnly = true }))));
            Assert.Equal((reason, role, "reject", reject), (reason, role, "reject", await Answer(
                () => client.RejectReleaseAsync(new RejectReleaseRequest { Name = name, Note = "no", ValidateOnly = true }))));
        }
    }

    [Fact]
    public async Task An_operator_clears_credit_and_not_the_law_and_the_attempt_is_remembered()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var oper = host.As<HoldsApi.HoldServiceClient>("oper", "operator");
        var holds = await Holds(host, staff);
        var credit = await staff.Ana.ProposeReleaseAsync(Staff.Proposal(holds["CREDIT"], "CREDIT_CLEARED"));
        Assert.Equal(Release.Types.State.Approved, (await oper.ApproveReleaseAsync(new ApproveReleaseRequest { Name = credit.Name })).State);
        var stop = await staff.Ana.ProposeReleaseAsync(Staff.Proposal(holds["STOP_SHIP"], "OTHER"));
        Assert.Equal(Domain, await Answer(() => oper.ApproveReleaseAsync(new ApproveReleaseRequest { Name = stop.Name })));
        Assert.Equal(1, await host.Count("audit_entries", $"outcome = '{Domain}' and actor = 'oper' and action = 'releases.approve'"));
        Assert.Equal(Hold.Types.HoldClass.Credit, (await staff.Ana.GetHoldAsync(new GetHoldRequest { Name = holds["CREDIT"].Name })).HoldClass);
    }

    [Fact]
    public async Task One_person_with_two_tokens_or_two_roles_is_one_person()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var hold = (await Holds(host, staff))["STOP_SHIP"];
        var release = await host.As<HoldsApi.HoldServiceClient>("paula", "analyst").ProposeReleaseAsync(Staff.Proposal(hold, "OTHER"));
        var approval = new ApproveReleaseRequest { Name = release.Name };
        foreach (var other in (HoldsApi.HoldServiceClient[])
            [
                host.As<HoldsApi.HoldServiceClient>("paula", "officer"),
                host.As<HoldsApi.HoldServiceClient>("paula", "analyst", "counsel"),
                host.As<HoldsApi.HoldServiceClient>("Paula", "officer"),
            ])
            Assert.Equal("SAME_PERSON", await Answer(() => other.ApproveReleaseAsync(approval)));
        Assert.Equal(3, await host.Count("audit_entries", "outcome = 'SAME_PERSON' and action = 'releases.approve'"));
        Assert.Equal(Release.Types.State.Approved, (await staff.Omar.ApproveReleaseAsync(approval)).State);
    }

    [Fact]
    public async Task Who_may_not_ask_is_not_told_whether_a_hold_exists()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var caller = host.As<HoldsApi.HoldServiceClient>("erp", "caller");
        var nowhere = $"holds/{Guid.CreateVersion7():D}";
        Assert.Equal(Edge, await Answer(() => caller.ProposeReleaseAsync(new ProposeReleaseRequest { Hold = nowhere, ReasonCode = "OTHER", Note = "x" })));
        Assert.Equal(Edge, await Answer(
            () => caller.ApproveReleaseAsync(new ApproveReleaseRequest { Name = $"{nowhere}/releases/{Guid.CreateVersion7():D}" })));
        Assert.Equal(Edge, await Answer(() => caller.BatchApproveReleasesAsync(new BatchApproveReleasesRequest())));
    }

    /// <summary>A shipment with one hold of each kind.</summary>
    private static async Task<Dictionary<string, Hold>> Holds(ComplianceHost host, Staff staff)
    {
        var goods = await Goods.Plan(host, "UNKNOWN-1", "2025-05-20", "JP");
        var holds = new Dictionary<string, Hold> { ["PART_NOT_IN_CATALOGUE"] = await goods.Held("PART_NOT_IN_CATALOGUE") };
        foreach (var reason in (string[])["STOP_SHIP", "CREDIT", "ADDRESS", "OTHER"])
            holds[reason] = await staff.Ana.PlaceHoldAsync(new PlaceHoldRequest { Shipment = goods.Name, Reason = reason, Explanation = "asked for" });
        return holds;
    }

    private static async Task<string> Answer<T>(Func<AsyncUnaryCall<T>> call)
    {
        try
        {
            await call();
            return "";
        }
        catch (RpcException error)
        {
            return error.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason;
        }
    }
}
