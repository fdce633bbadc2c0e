using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.Contracts;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Licences;

public sealed class LicenceCoverageTests
{
    private static readonly Licence H20ForByteDance = new(
        Guid.Empty, "D1", "BIS", "NVIDIA", Licence.Active, ["US-2025-04-NVIDIA-LETTER"],
        [
            new LicenceLine(1, "H20", null, 100, new MoneyAmount("USD", 1_000_00), 30, 20, 400_00),
            new LicenceLine(2, null, "H200", 5, null, 0, 0, 0)],
        [new LicenceParty("ByteDance  Ltd", "CN"), new LicenceParty("Forwarder", "SG")], ["CN"], Pack.Day("2025-04-01"),
        Pack.Day("2025-04-30"), "", "", 1,
        default, default);

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
