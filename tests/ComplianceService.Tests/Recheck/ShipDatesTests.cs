using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Recheck;

/// <summary>Days at places of export, and when a shipment is decided again.</summary>
public sealed class ShipDatesTests
{
    [Theory]
    [InlineData("2025-04-09", "America/Los_Angeles", "2025-04-09T07:00:00Z")]
    [InlineData("2025-04-09", "Asia/Taipei", "2025-04-08T16:00:00Z")]
    [InlineData("2025-04-09", "Pacific/Kiritimati", "2025-04-08T10:00:00Z")]
    // Cairo's clocks skip the first hour of this day; the day begins with the skip.
    [InlineData("2025-04-25", "Africa/Cairo", "2025-04-24T22:00:00Z")]
    // Havana's clocks show midnight twice on this day; the day begins with the first.
    [InlineData("2025-11-02", "America/Havana", "2025-11-02T04:00:00Z")]
    public void A_day_begins_at_its_first_instant_in_its_zone(string date, string zone, string start)
    {
        var instant = ShipDates.StartOf(Goods.Day(date), zone);
        Assert.Equal(ComplianceHost.At(start), instant);
        Assert.Equal(Goods.Day(date), ShipDates.DateOf(instant, zone));
        Assert.Equal(Goods.Day(date).AddDays(-1), ShipDates.DateOf(instant.AddTicks(-1), zone));
    }

    [Theory]
    // The day after the planned one, unless something becomes known earlier.
    [InlineData("2025-04-20", "2025-04-01", null, "2025-04-21T00:00:00Z")]
    [InlineData("2025-04-20", "2025-04-01", "2025-04-09T00:00:00Z", "2025-04-09T00:00:00Z")]
    [InlineData("2025-04-20", "2025-04-01", "2025-05-09T00:00:00Z", "2025-04-21T00:00:00Z")]
    // Overdue: every midnight.
    [InlineData("2025-04-01", "2025-04-20", null, "2025-04-21T00:00:00Z")]
    [InlineData("2025-04-20", "2025-04-20", null, "2025-04-21T00:00:00Z")]
    public void A_shipment_is_decided_again_when_its_day_or_what_is_known_moves(string planned, string today, string? recorded, string again) =>
        Assert.Equal(
            ComplianceHost.At(again),
            DecideAgain.At(Goods.Day(planned), Goods.Day(today), "UTC", recorded is null ? null : ComplianceHost.At(recorded)));
}
