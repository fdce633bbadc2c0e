using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;
using Release = OrderTracking.Compliance.V1.Release;
using ShipmentFacts = OrderTracking.ComplianceService.Screening.ShipmentFacts;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>A release knows what it was given for, and says what changed to those who gave it.</summary>
public sealed class VoidedReleaseTests
{
    private const string Unknown = "PART_NOT_IN_CATALOGUE";

    [Fact]
    public async Task Changed_facts_void_the_release_and_tell_proposer_and_approver_what_changed()
    {
        await using var host = await ComplianceHost.Start("2025-04-01T12:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "UNKNOWN-1", "2025-04-08", "JP");
        var release = await staff.Settle(await goods.Held(Unknown), "FACTS_REVIEWED");
        // Midnight after 2025-04-08 in Los Angeles.
        Assert.Equal(ComplianceHost.At("2025-04-09T07:00:00Z"), release.ExpireTime.ToDateTimeOffset());
        await goods.Stands("READY");

        await goods.Revise(snapshot => snapshot with
        {
            Quantity = 160,
            DestinationCountry = "SG",
            PlannedShipDate = Goods.Day("2025-04-12"),
            Parties = [snapshot.Parties[0] with { Name = "Borealis", Country = "SG" }],
        });
        await goods.Stands("HELD");
        string[] changes =
            ["quantity 100 -> 160", "destination JP -> SG", "end user Aurora Systems -> Borealis", "country of the end user JP -> SG", "planned ship date 2025-04-08 -> 2025-04-12"];
        var told = Assert.Single(await host.Sent<ReleaseVoided>());
        Assert.Equal(changes, told.Changes);
        Assert.Equal(["olga", "omar"], told.Recipients);
        Assert.Equal($"What the release relied on has changed: {string.Join("; ", changes)}.", told.Why);

        var mine = await staff.Omar.ListReleasesAsync(new ListReleasesRequest { Parent = "holds/-", Filter = "decided_by = omar AND state = VOIDED" });
        var voided = Assert.Single(mine.Releases);
        Assert.Equal((release.Name, goods.Name, Unknown), (voided.Name, voided.Shipment, voided.HoldReason));
        Assert.Equal(changes, voided.Changes.Select(change => $"{change.Field} {change.Before} -> {change.After}"));
        Assert.Empty((await staff.Omar.ListReleasesAsync(new ListReleasesRequest { Filter = "decided_by = olga" })).Releases);
        Assert.Single((await staff.Omar.ListReleasesAsync(new ListReleasesRequest { Parent = voided.Hold, OrderBy = "update_time desc" })).Releases);
    }

    [Fact]
    public async Task Another_amendment_voids_the_release_and_is_named()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        await staff.Forbid("TEST-JAPAN", "JP");
        var goods = await Goods.Plan(host, "H20", "2025-05-20", "JP");
        var licence = await Licence(host);
        await staff.Settle(await goods.Held("TEST-JAPAN"), "LICENCE", licence);
        await goods.Stands("READY");
        await staff.Publish(await staff.Propose("TEST-JAPAN", "destination: [JP, KR]", TestCases.Facts("KR", Goods.Day("2025-05-20"))));
        await goods.Stands("HELD");
        var told = Assert.Single(await host.Sent<ReleaseVoided>());
        Assert.Equal(["amendment rules/TEST-JAPAN/amendments/1 -> rules/TEST-JAPAN/amendments/2"], told.Changes);
    }

    [Fact]
    public async Task A_release_whose_last_day_has_gone_by_expires_and_says_so()
    {
        await using var host = await ComplianceHost.Start("2025-05-19T12:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "UNKNOWN-1", "2025-05-20", "JP");
        await staff.Settle(await goods.Held(Unknown), "FACTS_REVIEWED");
        host.Clock.Set(ComplianceHost.At("2025-05-21T07:00:00Z"));
        await goods.Stands("HELD");
        var told = Assert.Single(await host.Sent<ReleaseVoided>());
        Assert.Equal(("EXPIRED", 0), (told.State, told.Changes.Count));
    }

    [Theory]
    [InlineData("quantity", "100", "none")]
    [InlineData("value", "USD 1200000", "USD 1200000.5")]
    [InlineData("movement", "EXPORT", "REEXPORT")]
    [InlineData("consignee", "none", "Borealis")]
    [InlineData("ultimate parent of the end user", "none", "not stated")]
    [InlineData("listed owner's share of the end user", "not stated", "12.5%")]
    [InlineData("total processing performance", "2368", "unknown")]
    [InlineData("order of the parties", "Aurora Systems, Second", "Second, Aurora Systems")]
    public void Every_fact_has_a_name_a_before_and_an_after(string field, string before, string after)
    {
        var (one, other) = Changed(field);
        Assert.Equal([new ReleaseChange(field, before, after)], FactsDifference.Between(one, other));
        Assert.Empty(FactsDifference.Between(one, one));
    }

    private static (ShipmentFacts Before, ShipmentFacts After) Changed(string field)
    {
        var facts = Desk.Shipment;
        var party = facts.Parties[0];
        // Of two roles: two of one role that change places are two other names.
        var second = new Party(PartyRole.Purchaser, "Second", "CN", "CN", UltimateParent.None);
        return field switch
        {
            "quantity" => (facts, facts with { Quantity = null }),
            "value" => (facts, facts with { Value = new DeclaredValue("USD", 1_200_000, 500_000_000) }),
            "movement" => (facts, facts with { Movement = Movement.Reexport }),
            "consignee" => (facts, facts with { Parties = [party, party with { Role = PartyRole.UltimateConsignee, Name = "Borealis" }] }),
            "ultimate parent of the end user" => (facts, facts with { Parties = [party with { UltimateParent = null }] }),
            "listed owner's share of the end user" => (facts, facts with { Parties = [party with { ListedOwnerSharePercent = 12.5m }] }),
            "total processing performance" => (facts, facts with { Item = facts.Item with { Facts = new ItemFacts() } }),
            _ => (facts with { Parties = [party, second] }, facts with { Parties = [second, party] }),
        };
    }

    private static async Task<string> Licence(ComplianceHost host)
    {
        var licence = new Licence
        {
            Number = "D-JAPAN",
            Authority = "BIS",
            Licensee = "NVIDIA",
            ValidFrom = Goods.WireDay(Goods.Day("2025-01-01")),
            ValidTo = Goods.WireDay(Goods.Day("2025-12-31")),
        };
        licence.Rules.Add("TEST-JAPAN");
        licence.Lines.Add(new LicenceLine { Family = "H20", Quantity = 100 });
        licence.Parties.Add(new LicenceParty { Name = "Aurora Systems", Country = "JP" });
        licence.DestinationCountries.Add("JP");
        var client = host.As<LicenceService.LicenceServiceClient>("ana", "analyst");
        return (await client.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = licence })).Name;
    }
}
