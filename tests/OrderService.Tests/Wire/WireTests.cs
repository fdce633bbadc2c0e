using Google.Type;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts;
using OrderTracking.Types.V1;
using OrderTracking.Wire;
using Xunit;

namespace OrderTracking.OrderService.Tests.Wire;

public sealed class WireTests
{
    [Theory]
    [InlineData(2025, 2, 29)]
    [InlineData(2025, 0, 1)]
    [InlineData(2025, 1, 0)]
    [InlineData(0, 12, 24)]
    [InlineData(1969, 12, 31)]
    [InlineData(2200, 1, 1)]
    [InlineData(2025, 13, 1)]
    public void A_date_that_is_not_whole_or_does_not_exist_is_refused(int year, int month, int day) =>
        Assert.Equal("DATE_INVALID", SoleReason(v => WireDate.Parse(new Date { Year = year, Month = month, Day = day }, "d", v)));

    [Fact]
    public void Absent_dates_have_their_own_reasons()
    {
        Assert.Equal("DATE_MISSING", SoleReason(v => WireDate.Parse(null, "d", v)));
        Assert.Equal("SHIP_DATE_MISSING", SoleReason(v => WireDate.ParseShipDate(null, "d", v)));
    }

    [Fact]
    public void A_leap_day_comes_back_as_it_went_in()
    {
        var day = new DateOnly(2028, 2, 29);
        Assert.Equal(day, Read(v => WireDate.Parse(WireDate.Of(day), "d", v)));
    }

    [Theory]
    [InlineData("USD", 12, 340_000_000, 1234)]
    [InlineData("JPY", 500, 0, 500)]
    [InlineData("KWD", 1, 5_000_000, 1005)]
    [InlineData("CLF", 1, 100_000, 10001)]
    [InlineData("USD", 92_233_720_368_547_758, 70_000_000, long.MaxValue)]
    public void Money_is_counted_in_its_minor_unit_and_comes_back(string currency, long units, int nanos, long minorUnits)
    {
        var money = new Money { CurrencyCode = currency, Units = units, Nanos = nanos };
        var amount = Read(v => WireMoney.Parse(money, "m", v));
        Assert.Equal(new MoneyAmount(currency, minorUnits), amount);
        Assert.Equal(money, WireMoney.Of(amount!));
    }

    [Theory]
    [InlineData("USD", 1, 1_000_000, "MONEY_DOES_NOT_FIT_CURRENCY")]
    [InlineData("JPY", 1, 500_000_000, "MONEY_DOES_NOT_FIT_CURRENCY")]
    [InlineData("USD", 92_233_720_368_547_758, 80_000_000, "MONEY_DOES_NOT_FIT_CURRENCY")]
    [InlineData("USD", long.MaxValue, 0, "MONEY_DOES_NOT_FIT_CURRENCY")]
    [InlineData("USD", 0, 1_000_000_000, "MONEY_DOES_NOT_FIT_CURRENCY")]
    [InlineData("usd", 1, 0, "CURRENCY_UNKNOWN")]
    [InlineData("", 1, 0, "CURRENCY_UNKNOWN")]
    [InlineData("XAU", 1, 0, "CURRENCY_UNKNOWN")]
    [InlineData("USD", -1, 0, "MONEY_NEGATIVE")]
    [InlineData("USD", 0, -10_000_000, "MONEY_NEGATIVE")]
    public void Money_that_does_not_fit_is_refused(string currency, long units, int nanos, string reason) =>
        Assert.Equal(reason, SoleReason(v => WireMoney.Parse(new Money { CurrencyCode = currency, Units = units, Nanos = nanos }, "m", v)));

    [Fact]
    public void Absent_money_is_refused() => Assert.Equal("MONEY_MISSING", SoleReason(v => WireMoney.Parse(null, "m", v)));

    [Fact]
    public void ISO_3166_has_249_countries_and_every_currency_its_digits()
    {
        Assert.Equal(249, Countries.All.Count);
        Assert.All(["CN", "HK", "MO", "TW", "SG", "US", "VN"], code => Assert.True(Countries.IsKnown(code)));
        Assert.All(["cn", "XX", "EU", "UK", "", "USA"], code => Assert.False(Countries.IsKnown(code)));
        Assert.Equal((2, 0, 3, null), (Currencies.MinorDigits("USD"), Currencies.MinorDigits("JPY"), Currencies.MinorDigits("BHD"), Currencies.MinorDigits("XXX")));
    }

    [Theory]
    [InlineData("America/Los_Angeles", true)]
    [InlineData("Asia/Kolkata", true)]
    [InlineData("Etc/GMT+12", true)]
    [InlineData("UTC", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("Pacific Standard Time", false)]
    [InlineData("PST8", false)]
    [InlineData("america/los_angeles!", false)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("posix/America/New_York", false)]
    [InlineData("posixrules", false)]
    [InlineData("Mars/Olympus", false)]
    [InlineData("", false)]
    public void Only_IANA_names_are_time_zones(string zone, bool known) => Assert.Equal(known, WirePlace.IsKnownTimeZone(zone));

    [Theory]
    [InlineData("America/Los_Angeles", "2025-04-09T06:59:59Z", "2025-04-08")]
    [InlineData("America/Los_Angeles", "2025-04-09T07:00:00Z", "2025-04-09")]
    [InlineData("Pacific/Kiritimati", "2025-04-08T10:00:00Z", "2025-04-09")]
    public void The_date_is_the_place_s_own(string zone, string instant, string date) =>
        Assert.Equal(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), WirePlace.DateAt(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), zone));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(4799.999999999999, "4799.999999999999")]
    [InlineData(5.92, "5.92")]
    [InlineData(1e12, "1000000000000")]
    [InlineData(-0.0, "0")]
    public void A_double_becomes_the_decimal_it_is_written_as(double value, string exact) =>
        Assert.Equal(exact, WireNumber.Exact(value)?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(1.1e12)]
    public void A_fact_that_decimal_cannot_hold_is_refused(double value) =>
        Assert.Equal("FACT_OUT_OF_RANGE", SoleReason(v => WireItem.Parse(new Item { PartNumber = "P", Facts = new ItemFacts { Tpp = value } }, "i", v)));

    [Fact]
    public void A_die_area_of_zero_is_refused_and_other_facts_may_be_zero()
    {
        Assert.Equal("FACT_OUT_OF_RANGE", SoleReason(v => WireItem.Parse(new Item { PartNumber = "P", Facts = new ItemFacts { DieAreaMm2 = 0 } }, "i", v)));
        Assert.Equal(0m, Read(v => WireItem.Parse(new Item { PartNumber = "P", Facts = new ItemFacts { Tpp = 0 } }, "i", v))!.Facts!.Tpp);
    }

    [Fact]
    public void Unknown_facts_stay_unknown_both_ways()
    {
        var item = new Item { PartNumber = "H20-SXM/96", Family = "H20", Facts = new ItemFacts { Tpp = 2368, DesignedForDataCenter = false } };
        var read = Read(v => WireItem.Parse(item, "i", v));
        Assert.Null(read!.Facts!.IoBandwidthGbps);
        Assert.Equal(item, WireItem.Of(read));
        Assert.Null(Read(v => WireItem.Parse(new Item { PartNumber = "H20" }, "i", v))!.Facts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A B")]
    [InlineData("H20\n")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_part_number_that_is_not_one_is_refused(string partNumber) =>
        Assert.Equal("PART_NUMBER_INVALID", SoleReason(v => WireItem.Parse(new Item { PartNumber = partNumber }, "i", v)));

    [Fact]
    public void An_absent_item_is_refused() => Assert.Equal("ITEM_MISSING", SoleReason(v => WireItem.Parse(null, "i", v)));

    [Theory]
    [InlineData("NVIDIA", null)]
    [InlineData("nvidia", "EXPORTER_INVALID")]
    [InlineData(" NVIDIA", "EXPORTER_INVALID")]
    [InlineData("", "EXPORTER_INVALID")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456", "EXPORTER_INVALID")]
    public void Exporters_are_written_in_upper_case(string exporter, string? reason) =>
        Assert.Equal(reason, SoleReason(v => WireExporter.Parse(exporter, "e", v)));

    [Theory]
    [InlineData(1, null)]
    [InlineData(10_000_000, null)]
    [InlineData(0, "QUANTITY_NOT_POSITIVE")]
    [InlineData(-5, "QUANTITY_NOT_POSITIVE")]
    [InlineData(10_000_001, "QUANTITY_TOO_LARGE")]
    public void Quantities_have_limits(long quantity, string? reason) =>
        Assert.Equal(reason, SoleReason(v => WireNumber.ParseQuantity(quantity, "q", v)));

    [Fact]
    public void Movements_must_be_stated()
    {
        Assert.Equal("MOVEMENT_MISSING", SoleReason(v => WireMovement.Parse(Movement.Unspecified, "m", v)));
        Assert.Equal("MOVEMENT_MISSING", SoleReason(v => WireMovement.Parse((Movement)99, "m", v)));
        Assert.All([Movement.Export, Movement.Reexport, Movement.Transfer], m => Assert.Equal(m, WireMovement.Of(Read(v => WireMovement.Parse(m, "m", v))!)));
    }

    [Fact]
    public void A_place_needs_a_country_and_a_zone()
    {
        Assert.Equal("PLACE_OF_EXPORT_MISSING", SoleReason(v => WirePlace.Parse(null, "p", v)));
        Assert.Equal(["COUNTRY_MISSING", "TIME_ZONE_UNKNOWN"], Reasons(v => WirePlace.Parse(new PlaceOfExport(), "p", v)));
    }

    [Theory]
    [InlineData("orders/0197a5e0-0000-7000-8000-000000000001", true)]
    [InlineData("orders/0197A5E0-0000-7000-8000-000000000001", false)]
    [InlineData("orders/0197a5e0000070008000000000000001", false)]
    [InlineData("shipments/0197a5e0-0000-7000-8000-000000000001", false)]
    [InlineData("orders/", false)]
    [InlineData("", false)]
    public void A_resource_has_one_name(string name, bool valid) =>
        Assert.Equal(valid ? null : "NAME_INVALID", SoleReason(v => WireName.Parse(name, "orders", "name", v)));

    internal static T Read<T>(Func<Violations, T> parse)
    {
        var violations = new Violations();
        var read = parse(violations);
        violations.ThrowIfAny();
        return read;
    }

    internal static string? SoleReason<T>(Func<Violations, T> parse) => Reasons(parse).SingleOrDefault();

    internal static IReadOnlyList<string> Reasons<T>(Func<Violations, T> parse)
    {
        var violations = new Violations();
        parse(violations);
        return [.. violations.Found.Select(violation => violation.Reason)];
    }
}
