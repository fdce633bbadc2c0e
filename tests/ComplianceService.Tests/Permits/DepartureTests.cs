using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Permits;

/// <summary>What happens to goods after the permit: on time, late, without one, and back again.</summary>
public sealed class DepartureTests
{
    [Fact]
    public async Task A_departure_on_the_day_of_the_permit_is_nothing_to_look_at()
    {
        await using var host = await ComplianceHost.Start("2025-04-08T20:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-04-08");
        await goods.Authorize();
        await goods.Depart("2025-04-08");
        await Departed(host);
        Assert.Equal((0, 2), (await host.Count("holds"), await host.Count("decisions")));
    }

    [Fact]
    public async Task A_departure_on_a_later_day_is_held_when_it_would_be_refused_and_a_correction_clears_it()
    {
        await using var host = await ComplianceHost.Start("2025-04-08T20:00:00Z");
        var goods = await Goods.Plan(host, "H20", "2025-04-08");
        await goods.Authorize();
        host.Clock.Set(ComplianceHost.At("2025-04-08T23:00:00Z"));
        await goods.Depart("2025-04-09");
        await Departed(host);
        await host.Quiet();
        // The letter is not known yet: nothing forbids the later day.
        Assert.Empty(await goods.Holds("OPEN"));

        host.Clock.Set(ComplianceHost.At("2025-04-10T20:00:00Z"));
        await goods.Depart("2025-04-10");
        var hold = await goods.Held("DEPARTED_LATE");
        Assert.Contains("US-2025-04-NVIDIA-LETTER", hold.Explanation, StringComparison.Ordinal);
        await goods.Depart("2025-04-08");
        await goods.Held("DEPARTED_LATE", "VOIDED");
    }

    [Fact]
    public async Task A_departure_without_a_permit_is_held_and_staff_settle_it()
    {
        await using var host = await ComplianceHost.Start("2025-04-08T20:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "L20", "2025-04-08");
        await goods.Depart("2025-04-08");
        var hold = await goods.Held("DEPARTED_WITHOUT_PERMIT");
        await staff.Settle(hold, "OTHER");
        await goods.Held("DEPARTED_WITHOUT_PERMIT", "SETTLED");
    }

    [Fact]
    public async Task Goods_that_come_back_end_the_permit_and_give_the_licence_back()
    {
        const string letter = "US-2025-04-NVIDIA-LETTER";
        await using var host = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-05-20");
        var licence = await staff.Register(letter);
        await staff.Settle(await goods.Held(letter), "LICENCE", licence.Name);
        await goods.Authorize();
        await goods.Depart("2025-05-20");
        Assert.Equal(100, (await staff.Balance(licence)).DrawnQuantity);
        await goods.Return();
        await goods.Held(letter, "VOIDED");
        Assert.Equal(0, (await staff.Balance(licence)).DrawnQuantity);
        Assert.Single(await host.Sent<PermitRevoked>());
        Assert.Equal("SHIPMENT_GONE", (await Refused.By(() => goods.Authorize())).Reason);
    }

    [Fact]
    public async Task A_cancelled_shipment_gives_its_reservation_back_and_is_decided_no_more()
    {
        const string letter = "US-2025-04-NVIDIA-LETTER";
        await using var host = await ComplianceHost.Start("2025-05-01T20:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-05-20");
        var licence = await staff.Register(letter);
        await staff.Settle(await goods.Held(letter), "LICENCE", licence.Name);
        await goods.Cancel();
        await goods.Held(letter, "VOIDED");
        Assert.Equal(0, (await staff.Balance(licence)).ReservedQuantity);
        var told = (await goods.Screened()).Count;
        await staff.Forbid("TEST-CHINA", "CN");
        await host.Quiet();
        Assert.Equal(told, (await goods.Screened()).Count);
        Assert.Equal("SHIPMENT_GONE", (await Refused.By(async () => await staff.Ana.PlaceHoldAsync(
            new PlaceHoldRequest { Shipment = goods.Name, Reason = "CREDIT", Explanation = "late" }))).Reason);
    }

    private static Task<string> Departed(ComplianceHost host) => ComplianceHost.Eventually(
        async () => await host.Count("shipments", "phase = 'DEPARTED'") == 1 ? "departed" : null, "the departure is known");
}
