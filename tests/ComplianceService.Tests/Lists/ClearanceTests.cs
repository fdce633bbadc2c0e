using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ComplianceService.Tests.Lists;

/// <summary>Two people may say that a party is not the listed one: for a time, and while the entry says what it said.</summary>
public sealed class ClearanceTests : IAsyncLifetime
{
    private const string Entry = "lists/CSL/entries/EL-7";
    private const string Finding = "PARTY_MATCH/EL-7";
    private const string Buyer = "Karbonadi Sanatgaran";
    private static readonly Listed Karbon = new("7", "Karbonadi Sanatgaran", Address: "Hamburg, DE");
    private ComplianceHost _host = null!;
    private ListDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ComplianceHost.Start("2025-04-01T12:00:00Z");
        _desk = new ListDesk(_host);
        await _desk.Import(Karbon, new Listed("8", "Another Entry Altogether"));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_cleared_party_passes_and_the_decision_says_by_what()
    {
        var clearance = await _desk.Cleared(ListDesk.Clear("KARBONADI sanatgaran", "DE", Entry));
        var goods = await Plan("2025-04-20");

        await goods.Stands("READY");
        var match = Assert.Single((await Decision(goods)).PartyMatches);
        Assert.Equal((clearance.Name, 100), (match.ClearedBy, match.Score));
    }

    [Fact]
    public async Task A_clearance_covers_no_other_party_country_or_day()
    {
        await _desk.Cleared(ListDesk.Clear(Buyer, "DE", Entry, to: "2025-04-20"));

        await (await Plan("2025-04-20")).Stands("READY");
        await (await Plan("2025-04-21")).Stands("HELD");
        await (await Plan("2025-04-20", "FR")).Stands("HELD");
        await (await Plan("2025-04-20", buyer: "Karbonadi Sanatgaran Holding")).Stands("HELD");
    }

    [Fact]
    public async Task Once_it_is_over_the_party_is_held_again()
    {
        await _desk.Cleared(ListDesk.Clear(Buyer, "DE", Entry, to: "2025-04-21"));
        var goods = await Plan("2025-04-20");
        await goods.Stands("READY");

        _host.Clock.Set(ComplianceHost.At("2025-04-23T12:00:00Z"));
        await goods.Stands("HELD");
        await goods.Held(Finding);
    }

    [Fact]
    public async Task Once_it_is_revoked_the_party_is_held_again()
    {
        var clearance = await _desk.Cleared(ListDesk.Clear(Buyer, "DE", Entry));
        var goods = await Plan("2025-04-20");
        await goods.Stands("READY");

        var revoked = await _desk.Olga.RevokeClearanceAsync(new RevokeClearanceRequest { Name = clearance.Name, Note = "it is that company after all" });
        Assert.Equal((Clearance.Types.State.Revoked, "olga"), (revoked.State, revoked.RevokedBy));
        await goods.Stands("HELD");
    }

    [Fact]
    public async Task Once_the_entry_says_something_else_it_counts_no_more()
    {
        await _desk.Cleared(ListDesk.Clear(Buyer, "DE", Entry));
        var goods = await Plan("2025-04-20");
        await goods.Stands("READY");
        var changed = await _desk.Import(ListFiles.Consolidated(Karbon with { Notice = "90 FR 1" }, new Listed("8", "Another Entry Altogether")), "2025-03-20");
        Assert.Equal(1, changed.ChangedCount);
        await _desk.Omar.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = changed.Name });

        await goods.Stands("HELD");
        // For the content of now it can be cleared anew.
        await _desk.Cleared(ListDesk.Clear(Buyer, "DE", Entry));
    }

    [Fact]
    public async Task An_approved_clearance_lets_no_held_shipment_go_unseen()
    {
        var goods = await Plan("2025-04-20");
        await goods.Stands("HELD");
        var clearance = await _desk.Cleared(ListDesk.Clear(Buyer, "DE", Entry));

        await ComplianceHost.Eventually(async () => (await goods.Holds("OPEN")).Count == 0 ? "let go of" : null, "the hold is not open any more");
        Assert.Equal(clearance.Name, Assert.Single((await Decision(goods)).PartyMatches).ClearedBy);
    }

    [Fact]
    public async Task It_takes_two_people_once_and_for_days_that_do_not_overlap()
    {
        var proposed = await _desk.Olga.ProposeClearanceAsync(new ProposeClearanceRequest { Clearance = ListDesk.Clear(Buyer, "DE", Entry) });
        var approve = new ApproveClearanceRequest { Name = proposed.Name };
        await (await Plan("2025-04-20")).Stands("HELD");

        Assert.Equal("SAME_PERSON", (await Refused.By(() => _desk.Olga.ApproveClearanceAsync(approve).ResponseAsync)).Reason);
        var alias = _host.As<ScreeningListService.ScreeningListServiceClient>(" OLGA", "officer");
        Assert.Equal("SAME_PERSON", (await Refused.By(() => alias.ApproveClearanceAsync(approve).ResponseAsync)).Reason);
        Assert.Equal("CLEARANCE_OVERLAPS", await Proposed(ListDesk.Clear("karbonadi SANATGARAN.", "DE", Entry, "2025-12-31", "2026-02-01")));
        Assert.Null(await Proposed(ListDesk.Clear(Buyer, "DE", Entry, "2026-01-01", "2026-02-01")));
        await _desk.Omar.ApproveClearanceAsync(approve);
        Assert.Equal("CLEARANCE_NOT_PROPOSED", (await Refused.By(() => _desk.Omar.ApproveClearanceAsync(approve).ResponseAsync)).Reason);
        Assert.Equal(2, await _host.Count("audit_entries", "action = 'clearances.approve' and outcome = 'SAME_PERSON'"));
    }

    private async Task<string?> Proposed(Clearance clearance)
    {
        try
        {
            await _desk.Olga.ProposeClearanceAsync(new ProposeClearanceRequest { Clearance = clearance });
            return null;
        }
        catch (Grpc.Core.RpcException error)
        {
            return Grpc.Core.RpcExceptionExtensions.GetRpcStatus(error)!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason;
        }
    }

    private Task<Goods> Plan(string day, string destination = "DE", string buyer = Buyer) => Goods.Plan(_host, "H20", day, destination, buyer: buyer);

    private async Task<Decision> Decision(Goods goods)
    {
        var client = _host.As<ComplianceApi.ComplianceServiceClient>("ana", "analyst");
        return (await client.ListDecisionsAsync(new ListDecisionsRequest { Filter = $"shipment = \"{goods.Name}\"" })).Decisions[0];
    }
}
