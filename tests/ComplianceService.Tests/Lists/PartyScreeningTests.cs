using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using Agreement = OrderTracking.Compliance.V1.Agreement;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ComplianceService.Tests.Lists;

/// <summary>Shipments to parties that are listed.</summary>
public sealed class PartyScreeningTests : IAsyncLifetime
{
    private const string Part = "H20";
    private const string Finding = "PARTY_MATCH/EL-7";
    private static readonly Listed Karbon = new("7", "Karbonadi Sanatgaran", "KSG Karbonadi", "12 Harbour Road, Hamburg, DE", Notice: "76 FR 71867");
    private ComplianceHost _host = null!;
    private ListDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ComplianceHost.Start("2025-04-01T12:00:00Z");
        _desk = new ListDesk(_host);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_shipment_to_a_listed_party_is_held_by_one_finding_with_what_was_measured()
    {
        var snapshot = await _desk.Import(Karbon);
        var goods = await Plan("KARBONADI SANATGARAN LLC");

        await goods.Stands("HELD");
        var hold = await goods.Held(Finding);
        var decision = await Decision(goods);
        var match = Assert.Single(decision.PartyMatches);

        Assert.Equal(ListSnapshot.Types.State.InForce, snapshot.State);
        Assert.Equal(("lists/CSL/entries/EL-7", snapshot.Name, 100, 85, Agreement.Agrees), (match.Entry, match.Snapshot, match.Score, match.Threshold, match.CountryAgreement));
        Assert.Equal("lists/CSL/entries/EL-7@" + match.EntryDigest[..12], Assert.Single(decision.Findings).Amendment);
        Assert.Contains("score 100 of 100, threshold 85", hold.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain(decision.Notices, notice => notice.Contains("not screened", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_party_in_two_roles_and_a_second_party_of_the_same_name_are_one_hold()
    {
        await _desk.Import(Karbon);
        var goods = await Plan("Karbonadi Sanatgaran");
        await goods.Stands("HELD");
        await goods.Revise(snapshot => snapshot with
        {
            Parties = [snapshot.Parties[0], snapshot.Parties[0] with { Role = "PURCHASER" }, snapshot.Parties[0] with { Role = "ULTIMATE_CONSIGNEE", Name = "KSG Karbonadi" }],
        });

        await goods.Stands("HELD");
        Assert.Single(await goods.Holds("OPEN"));
        Assert.Equal(3, (await Decision(goods)).PartyMatches.Count);
    }

    [Theory]
    [InlineData("2020-01-01", "2025-04-19", "READY")]
    [InlineData("2020-01-01", "2025-04-20", "HELD")]
    [InlineData("2025-04-20", "", "HELD")]
    [InlineData("2025-04-21", "", "READY")]
    [InlineData("", "", "HELD")]
    public async Task The_dates_of_a_listing_decide_by_the_ship_date(string start, string end, string standing)
    {
        await _desk.Import(Karbon with { Start = start, End = end });

        await (await Plan("Karbonadi Sanatgaran")).Stands(standing);
    }

    [Fact]
    public async Task A_domestic_shipment_is_screened_too()
    {
        await _desk.Import(Karbon);

        await (await Plan("Karbonadi Sanatgaran", "US")).Stands("HELD");
    }

    [Fact]
    public async Task A_name_that_cannot_be_compared_is_held_once_there_are_lists()
    {
        await (await Plan("\u534e\u4e3a\u6280\u672f")).Stands("READY");
        await _desk.Import(Karbon);
        var goods = await Plan("\u534e\u4e3a\u6280\u672f");

        await goods.Stands("HELD");
        await goods.Held("PARTY_NAME_UNREADABLE");
    }

    [Fact]
    public async Task What_was_known_before_a_list_came_stays_as_it_was()
    {
        var goods = await Plan("Karbonadi Sanatgaran");
        await goods.Stands("READY");
        var before = await Decision(goods);
        _host.Clock.Set(ComplianceHost.At("2025-04-02T12:00:00Z"));
        await _desk.Import(Karbon);
        await goods.Stands("HELD");

        var client = _host.As<ComplianceApi.ComplianceServiceClient>("carol", "caller");
        var then = await client.CheckShipmentAsync(new CheckShipmentRequest { Facts = before.Facts, KnownAt = before.KnownAt });
        var now = await client.CheckShipmentAsync(new CheckShipmentRequest { Facts = before.Facts });

        Assert.Equal((before.Outcome, before.ListsDigest), (then.Outcome, then.ListsDigest));
        Assert.Contains(then.Notices, notice => notice.Contains("not screened", StringComparison.Ordinal));
        Assert.NotEqual(then.ListsDigest, now.ListsDigest);
        Assert.Equal(Outcome.Held, now.Outcome);
    }

    [Fact]
    public async Task A_threshold_configured_anew_is_recorded_and_decisions_before_it_stay_explained()
    {
        await _desk.Import(Karbon);
        var goods = await Plan("Karbonadi Sanatgeran", "FR");
        await goods.Stands("HELD");
        var before = await Decision(goods);
        Assert.InRange(before.PartyMatches[0].Score, 85, 99);
        _host.Clock.Set(ComplianceHost.At("2025-04-02T12:00:00Z"));

        var services = _host.Services;
        var knowledge = (Knowledge)services.GetService(typeof(Knowledge))!;
        await new ListsStart(_host.Db, knowledge, new ListOptions { Threshold = 100 }, _host.Clock).StartingAsync(TestContext.Current.CancellationToken);

        var client = _host.As<ComplianceApi.ComplianceServiceClient>("carol", "caller");
        var then = await client.CheckShipmentAsync(new CheckShipmentRequest { Facts = before.Facts, KnownAt = before.KnownAt });
        var now = await client.CheckShipmentAsync(new CheckShipmentRequest { Facts = before.Facts });
        Assert.Equal(before.PartyMatches, then.PartyMatches);
        Assert.Equal(before.ListsDigest, then.ListsDigest);
        Assert.Empty(now.PartyMatches);
        Assert.Equal(1, await _host.Count("list_recordings", "kind = 'THRESHOLD'"));
    }

    private Task<Goods> Plan(string buyer, string destination = "DE") => Goods.Plan(_host, Part, "2025-04-20", destination, buyer: buyer);

    private async Task<Decision> Decision(Goods goods)
    {
        var client = _host.As<ComplianceApi.ComplianceServiceClient>("ana", "analyst");
        var listed = await client.ListDecisionsAsync(new ListDecisionsRequest { Filter = $"shipment = \"{goods.Name}\"" });
        return listed.Decisions[0];
    }
}
