using Google.Protobuf.WellKnownTypes;
using OrderTracking.Types.V1;
using OrderTracking.Wire;
using Xunit;

namespace OrderTracking.OrderService.Tests.Wire;

public sealed class WirePartyTests
{
    private static readonly Party Whole = new()
    {
        Role = PartyRole.EndUser,
        Name = "Example GmbH",
        Country = "DE",
        HeadquartersCountry = "DE",
        UltimateParent = new UltimateParent { Country = "US" },
        ListedOwner = "Somebody",
        ListedOwnerSharePercent = 12.5,
    };

    [Fact]
    public void A_party_comes_back_as_it_went_in()
    {
        var unknown = new Party(Whole) { UltimateParent = null, ListedOwner = "" };
        unknown.ClearListedOwnerSharePercent();
        var none = new Party(Whole) { UltimateParent = new UltimateParent { None = new Empty() }, ListedOwnerSharePercent = 0 };
        Assert.All([Whole, unknown, none], party => Assert.Equal(party, WireParty.Of(WireTests.Read(v => WireParty.Parse([party], "p", v)).Single())));
    }

    [Fact]
    public void A_parent_that_is_not_stated_is_not_no_parent()
    {
        var silent = new Party(Whole) { UltimateParent = new UltimateParent() };
        Assert.False(WireTests.Read(v => WireParty.Parse([silent], "p", v)).Single().UltimateParentStated);
    }

    public static TheoryData<string, Action<Party>> Faults => new()
    {
        { "PARTY_ROLE_MISSING", party => party.Role = PartyRole.Unspecified },
        { "PARTY_ROLE_MISSING", party => party.Role = (PartyRole)42 },
        { "NAME_MISSING", party => party.Name = "  " },
        { "TEXT_TOO_LONG", party => party.Name = new string('x', Limits.NameCharactersMax + 1) },
        { "COUNTRY_MISSING", party => party.Country = "" },
        { "COUNTRY_UNKNOWN", party => party.Country = "XX" },
        { "HEADQUARTERS_MISSING", party => party.HeadquartersCountry = "" },
        { "COUNTRY_UNKNOWN", party => party.HeadquartersCountry = "de" },
        { "COUNTRY_UNKNOWN", party => party.UltimateParent = new UltimateParent { Country = "ZZ" } },
        { "TEXT_TOO_LONG", party => party.ListedOwner = new string('x', Limits.NameCharactersMax + 1) },
        { "SHARE_OUT_OF_RANGE", party => party.ListedOwnerSharePercent = 100.1 },
        { "SHARE_OUT_OF_RANGE", party => party.ListedOwnerSharePercent = -0.1 },
        { "SHARE_OUT_OF_RANGE", party => party.ListedOwnerSharePercent = double.NaN },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_fault_in_a_party_has_its_reason(string reason, Action<Party> spoil)
    {
        var party = new Party(Whole);
        spoil(party);
        Assert.Equal(reason, WireTests.SoleReason(v => WireParty.Parse([party], "p", v)));
    }

    [Fact]
    public void All_faults_are_reported_at_once() =>
        Assert.Equal(
            ["PARTY_ROLE_MISSING", "NAME_MISSING", "COUNTRY_MISSING", "HEADQUARTERS_MISSING"],
            WireTests.Reasons(v => WireParty.Parse([new Party()], "p", v)));

    [Fact]
    public void There_are_1_to_20_parties()
    {
        Assert.Equal("PARTIES_MISSING", WireTests.SoleReason(v => WireParty.Parse([], "p", v)));
        Assert.Null(WireTests.SoleReason(v => WireParty.Parse([.. Enumerable.Repeat(Whole, Limits.PartiesMax)], "p", v)));
        Assert.Equal("PARTIES_TOO_MANY", WireTests.SoleReason(v => WireParty.Parse([.. Enumerable.Repeat(Whole, Limits.PartiesMax + 1)], "p", v)));
    }
}
