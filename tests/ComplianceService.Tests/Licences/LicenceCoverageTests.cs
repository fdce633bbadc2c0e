using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Licences.Exceptions;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.Contracts;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Licences;

public sealed class LicenceCoverageTests
{
    private static readonly Licence H20ForByteDance = new()
    {
        Id = Guid.Empty,
        Number = "D1",
        Authority = "BIS",
        Licensee = "NVIDIA",
        State = Licence.Active,
        Rules = ["US-2025-04-NVIDIA-LETTER"],
        Lines =
        [
            new LicenceLine(1, "H20", null, 100, new MoneyAmount("USD", 1_000_00), 30, 20, 400_00),
            new LicenceLine(2, null, "H200", 5, null, 0, 0, 0),
            new LicenceLine(3, null, null, 5, null, 0, 0, 0) { ControlParagraph = "3A090.a" },
        ],
        Parties = [new LicenceParty("ByteDance  Ltd", "CN"), new LicenceParty("Forwarder", "SG")],
        Destinations = ["CN"],
        ValidFrom = Pack.Day("2025-04-01"),
        ValidTo = Pack.Day("2025-04-30"),
    };

    private static readonly LicenceUse FiftyH20 = new(
        Guid.Empty, "US-2025-04-NVIDIA-LETTER", "H20", "H20", "NVIDIA", [Party("bytedance ltd", "CN"), Party("FORWARDER", "SG")], "CN", 50,
        new MoneyAmount("USD", 600_00), Pack.Day("2025-04-01"), Pack.Day("2025-04-30"));

    private static readonly Dictionary<string, (Licence Licence, LicenceUse Use)> Cases = new()
    {
        [""] = (H20ForByteDance, FiftyH20),
        ["rule RULE_NOT_COVERED"] = (H20ForByteDance, FiftyH20 with { Rule = "US-3A090-A" }),
        ["state LICENCE_NOT_ACTIVE"] = (H20ForByteDance with { State = "SUSPENDED" }, FiftyH20),
        ["licensee LICENSEE_DIFFERS"] = (H20ForByteDance, FiftyH20 with { Exporter = "AMD" }),
        ["destination_country DESTINATION_NOT_COVERED"] = (H20ForByteDance, FiftyH20 with { DestinationCountry = "HK" }),
        ["party PARTY_NOT_COVERED"] = (
            H20ForByteDance, FiftyH20 with { Parties = [Party("ByteDance Ltd", "SG"), Party("Forwarder", "SG")] }),
        ["party PARTY_NOT_COVERED, party PARTY_NOT_COVERED"] =
            (H20ForByteDance, FiftyH20 with { Parties = [Party("ByteDance Ltd", "CN"), Party("Alibaba", "CN"), Party("Tencent", "CN")] }),
        ["item ITEM_NOT_COVERED"] = (H20ForByteDance, FiftyH20 with { PartNumber = "H100-SXM5", Family = "H100" }),
        ["item ITEM_NOT_COVERED "] = (H20ForByteDance, FiftyH20 with { PartNumber = "H200-X", Family = null }),
        ["quantity QUANTITY_NOT_LEFT"] = (H20ForByteDance, FiftyH20 with { Quantity = 51 }),
        ["quantity QUANTITY_NOT_LEFT "] = (
            H20ForByteDance, FiftyH20 with { PartNumber = "H200-SXM", Family = "H200", Quantity = 6, Value = null }),
        [" "] = (H20ForByteDance, FiftyH20 with { PartNumber = "H200-SXM", Family = "H200", Quantity = 5, Value = null }),
        ["quantity QUANTITY_NOT_LEFT  "] = (
            H20ForByteDance, FiftyH20 with { PartNumber = "X", Family = null, Quantity = 6, ControlParagraphs = ["3A090", "3A090.a"] }),
        ["item ITEM_NOT_COVERED  "] = (H20ForByteDance, FiftyH20 with { PartNumber = "X", Family = null, ControlParagraphs = ["3A090.b"] }),
        ["party PARTY_NOT_COVERED "] = (
            H20ForByteDance with { Parties = [new("ByteDance Ltd", "CN", PartyRole.Purchaser), new("Forwarder", "SG", PartyRole.EndUser)] },
            FiftyH20),
        ["headquarters HEADQUARTERS_EXCLUDED"] = (
            H20ForByteDance with { ExcludedHeadquarters = ["CN"] },
            FiftyH20 with { Parties = [Party("bytedance ltd", "CN") with { HeadquartersCountry = "HK" }] }),
        ["headquarters HEADQUARTERS_EXCLUDED "] = (
            H20ForByteDance with { ExcludedHeadquarters = ["MO"] },
            FiftyH20 with { Parties = [Party("bytedance ltd", "CN") with { UltimateParent = UltimateParent.In("MO") }] }),
        ["  "] = (
            H20ForByteDance with { ExcludedHeadquarters = ["HK", "MO"] },
            FiftyH20 with { Parties = [Party("bytedance ltd", "CN")] }),
        ["exception EXCEPTION_NOT_AVAILABLE"] = (H20ForByteDance with { Kind = LicenceKind.ExceptionAca }, FiftyH20),
        ["   "] = (H20ForByteDance with { Kind = LicenceKind.ExceptionAca }, Excepted),
        ["notification NOTIFICATION_NOT_ANSWERED"] = (H20ForByteDance with { Kind = LicenceKind.ExceptionNac }, Excepted),
        ["notification NOTIFICATION_NOT_ANSWERED "] = (Notified("", "2025-03-01"), Excepted),
        ["notification NOTIFICATION_NOT_ANSWERED  "] = (Notified(LicenceNotification.Negative, "2025-03-30"), Excepted),
        ["notification NOTIFICATION_NOT_ANSWERED   "] = (Notified(LicenceNotification.Positive, "2025-04-02"), Excepted),
        ["    "] = (Notified(LicenceNotification.Positive, "2025-04-01"), Excepted),
        ["value VALUE_NOT_LEFT"] = (H20ForByteDance, FiftyH20 with { Value = new MoneyAmount("USD", 600_01) }),
        ["value CURRENCY_DIFFERS"] = (H20ForByteDance, FiftyH20 with { Value = new MoneyAmount("EUR", 1) }),
        ["value VALUE_NOT_STATED"] = (H20ForByteDance, FiftyH20 with { Value = null }),
        ["ship_date SHIP_DATE_NOT_COVERED"] = (H20ForByteDance, FiftyH20 with { FirstShipDate = Pack.Day("2025-03-31") }),
        ["ship_date SHIP_DATE_NOT_COVERED "] = (H20ForByteDance, FiftyH20 with { LastShipDate = Pack.Day("2025-05-01") }),
        [
            "rule RULE_NOT_COVERED, destination_country DESTINATION_NOT_COVERED, ship_date SHIP_DATE_NOT_COVERED, quantity QUANTITY_NOT_LEFT, value VALUE_NOT_STATED"] =
            (
                H20ForByteDance,
                FiftyH20 with { Rule = "X", DestinationCountry = "MO", LastShipDate = Pack.Day("2026-01-01"), Quantity = 1_000, Value = null }),
    };

    private static LicenceUse Excepted => FiftyH20 with { Exceptions = [LicenceKind.ExceptionAca, LicenceKind.ExceptionNac] };

    private static Licence Notified(string answer, string answeredOn) => H20ForByteDance with
    {
        Kind = LicenceKind.ExceptionNac,
        Notification = new LicenceNotification(
            Guid.Empty, "Z1", Pack.Day("2025-02-01"), "ana", default, answer, "", Pack.Day(answeredOn), "olga", default),
    };

    public static TheoryData<string> Mismatches() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Mismatches))]
    public void A_licence_covers_only_what_it_names_and_each_mismatch_is_named(string expected)
    {
        var (licence, use) = Cases[expected];
        var coverage = LicenceCoverage.Of(licence, use, null);

        Assert.Equal(expected.Trim(), string.Join(", ", coverage.Mismatches.Select(mismatch => $"{mismatch.Field} {mismatch.Reason}")));
        Assert.Equal(expected.Trim().Length == 0, coverage.Line is not null);
    }

    [Fact]
    public void What_the_shipment_holds_already_is_left_for_it()
    {
        var held = new HeldUse(HeldUse.Reserved, 1, 30, new MoneyAmount("USD", 400_00));

        Assert.Empty(
            LicenceCoverage.Of(H20ForByteDance, FiftyH20 with { Quantity = 80, Value = new MoneyAmount("USD", 1_000_00) }, held).Mismatches);
        Assert.Equal(
            2,
            LicenceCoverage.Of(H20ForByteDance, FiftyH20 with { Quantity = 81, Value = new MoneyAmount("USD", 1_000_01) }, held).Mismatches.Count);
        Assert.Equal(
            2,
            LicenceCoverage.Of(
                H20ForByteDance, FiftyH20 with { Quantity = 80, Value = new MoneyAmount("USD", 1_000_00) },
                held with { State = HeldUse.Returned }).Mismatches.Count);
    }

    [Fact]
    public void The_value_may_be_exceeded_by_the_tolerance_in_total_and_only_while_quantity_is_left()
    {
        var tolerant = H20ForByteDance with { Lines = [H20ForByteDance.Lines[0].WithTolerance(10)] };

        Assert.Empty(LicenceCoverage.Of(tolerant, FiftyH20 with { Value = new MoneyAmount("USD", 700_00) }, null).Mismatches);
        Assert.Equal(
            "VALUE_NOT_LEFT",
            Assert.Single(LicenceCoverage.Of(tolerant, FiftyH20 with { Value = new MoneyAmount("USD", 700_01) }, null).Mismatches).Reason);
        Assert.Equal(
            "QUANTITY_NOT_LEFT",
            Assert.Single(LicenceCoverage.Of(
                tolerant with { Lines = [tolerant.Lines[0] with { DrawnQuantity = 70 }] }, FiftyH20 with { Quantity = 1, Value = new MoneyAmount("USD", 1) },
                null).Mismatches).Reason);
    }

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(9, 10, 9)]
    [InlineData(10, 10, 11)]
    [InlineData(19, 10, 20)]
    [InlineData(333, 0, 333)]
    [InlineData(333, 100, 666)]
    [InlineData(long.MaxValue, 1, long.MaxValue)]
    [InlineData(9_007_199_254_740_993, 100, 18_014_398_509_481_986)]
    public void The_limit_of_a_value_is_rounded_down_to_the_minor_unit(long minor, int percent, long limit) =>
        Assert.Equal(limit, new LicenceLine(1, "H20", null, 1, new MoneyAmount("USD", minor), 0, 0, 0).WithTolerance(percent).ValueLimitMinor);

    [Fact]
    public void The_first_line_that_suffices_is_taken()
    {
        var licence = H20ForByteDance with
        {
            Lines = [
                new LicenceLine(1, "H20", null, 10, null, 10, 0, 0), new LicenceLine(2, null, "H20", 60, null, 0, 0, 0),
                new LicenceLine(3, "H20", null, 60, null, 0, 0, 0)],
        };

        Assert.Equal(2, LicenceCoverage.Of(licence, FiftyH20, null).Line!.Number);
        Assert.Equal(3, LicenceCoverage.Of(licence, FiftyH20, new HeldUse(HeldUse.Reserved, 3, 1, null)).Line!.Number);
    }

    private static Party Party(string name, string country) => new(PartyRole.EndUser, name, country, country, UltimateParent.None);
}
