using Grpc.Core;
using Microsoft.Extensions.Configuration;
using OrderTracking.ComplianceService.Outlook.PullForwards;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Outlook;

/// <summary>Goods that no rule forbids on any day, pulled forward for one consignee: what is unusual is held, what is ordinary is not.</summary>
public sealed class GuardPullForwardTests : IAsyncLifetime
{
    private const string Part = "L4";
    private const string Reason = GuardPullForward.Reason;
    private ComplianceHost host = null!;

    public async ValueTask InitializeAsync() => host = await ComplianceHost.Start("2025-04-01T18:00:00Z");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_unusual_quantity_is_held_with_its_numbers_until_two_people_let_it_go()
    {
        var goods = await Planned("2025-06-01", 16_000);

        await Move(goods, "2025-04-01");
        await goods.Stands("HELD");

        var hold = await goods.Held(Reason);
        Assert.Contains("16,000 units were pulled forward within 30 days for Aurora Systems (DE)", hold.Explanation, StringComparison.Ordinal);
        Assert.Contains("16,000 from 2025-06-01 to 2025-04-01", hold.Explanation, StringComparison.Ordinal);
        Assert.Contains("Usual are 0 units in 30 days by original plan; the limit is 1,000", hold.Explanation, StringComparison.Ordinal);
        var refused = await Refused.By(() => goods.Authorize());
        Assert.Equal((StatusCode.FailedPrecondition, "DISPATCH_REFUSED"), (refused.Code, refused.Reason));
        Assert.Equal([Reason], refused.Violations.Select(violation => violation.Subject));

        await new Staff(host).Settle(hold, "RED_FLAG_RESOLVED");
        await goods.Stands("READY");
        Assert.Equal(goods.Name, (await goods.Authorize()).Shipment);
    }

    [Fact]
    public async Task An_ordinary_quantity_is_not_held()
    {
        var goods = await Planned("2025-06-01", 1_000);

        await Move(goods, "2025-04-02");
        await goods.Stands("READY");
        await NotHeld(goods);
    }

    [Fact]
    public async Task Moving_goods_to_a_later_day_is_not_pulling_them_forward()
    {
        var goods = await Planned("2025-06-01", 16_000);
        await Move(goods, "2025-08-01");
        await goods.Stands("READY");
        await Move(goods, "2025-06-01");
        await goods.Stands("READY");
        await NotHeld(goods);
    }

    [Fact]
    public async Task Many_small_shipments_are_counted_together_and_held_together()
    {
        var many = new List<Goods>();
        foreach (var name in (string[])["Aurora Systems", "AURORA SYSTEMS", " aurora   Systems."])
            many.Add(await Planned("2025-06-01", 400, name));
        foreach (var goods in many.Take(2))
        {
            await Move(goods, "2025-04-10");
            await goods.Stands("READY");
        }

        await Move(many[2], "2025-04-11");

        foreach (var goods in many)
            await goods.Stands("HELD");
        Assert.Equal(3, await host.Count("holds", $"reason = '{Reason}'"));
    }

    [Fact]
    public async Task What_was_pulled_forward_longer_ago_than_the_window_counts_no_more()
    {
        var (first, second) = (await Planned("2025-08-01", 900), await Planned("2025-08-01", 900));
        await Move(first, "2025-07-01");
        await first.Stands("READY");
        host.Clock.Set(ComplianceHost.At("2025-05-02T18:00:00Z"));

        await Move(second, "2025-07-01");
        await second.Stands("READY");
        await NotHeld(second);
    }

    [Fact]
    public async Task Cancelling_and_ordering_again_for_an_earlier_day_is_held()
    {
        var late = await Planned("2025-06-01", 5_000);
        await late.Cancel();
        var early = await Plan("2025-04-10", 5_000);

        await early.Stands("HELD");
        await early.Held(Reason);
    }

    [Fact]
    public async Task Ordering_again_for_an_earlier_day_and_cancelling_afterwards_is_held_too()
    {
        var late = await Planned("2025-06-01", 5_000);
        var early = await Planned("2025-04-10", 5_000);

        await late.Cancel();

        await early.Stands("HELD");
        await early.Held(Reason);
    }

    [Fact]
    public async Task Cancelling_what_was_pulled_forward_and_ordering_it_again_does_not_wash_it()
    {
        var first = await Planned("2025-06-01", 5_000);
        await Move(first, "2025-04-10");
        await first.Stands("HELD");
        await first.Cancel();

        var second = await Plan("2025-04-10", 5_000);

        await second.Stands("HELD");
        await second.Held(Reason);
    }

    [Fact]
    public async Task A_split_for_an_earlier_day_is_held()
    {
        var goods = await Planned("2025-06-01", 5_000);
        var taken = await Plan("2025-04-10", 4_000);
        await goods.Revise(shipment => shipment with { Quantity = 1_000 });

        await taken.Stands("HELD");
        await goods.Stands("READY");
    }

    [Fact]
    public async Task Leaving_before_the_planned_day_without_a_new_plan_is_held()
    {
        var goods = await Planned("2025-06-01", 5_000);

        var refused = await Refused.By(() => goods.Authorize());

        Assert.Equal([Reason], refused.Violations.Select(violation => violation.Subject));
        await goods.Stands("HELD");
    }

    [Fact]
    public async Task Leaving_early_in_small_parts_is_counted_together()
    {
        var first = await Planned("2025-06-01", 900);
        var second = await Planned("2025-06-01", 900);
        await first.Authorize();

        var refused = await Refused.By(() => second.Authorize());

        Assert.Equal([Reason], refused.Violations.Select(violation => violation.Subject));
    }

    [Fact]
    public async Task What_a_consignee_usually_gets_raises_its_limit()
    {
        var usual = await Planned("2025-04-01", 100_000);
        await usual.Authorize();
        await usual.Depart("2025-04-01");
        host.Clock.Set(ComplianceHost.At("2025-04-02T18:00:00Z"));
        var goods = await Planned("2025-06-01", 20_000);

        await Move(goods, "2025-04-10");

        await goods.Stands("READY");
        await NotHeld(goods);
        Assert.Equal(1, await host.Count("pull_forwards", "units = 20000 and usual_units = 100000 and limit_units = 25000"));
    }

    [Fact]
    public async Task New_orders_are_nobodys_pull_forward()
    {
        var goods = await Planned("2025-04-02", 50_000);
        await NotHeld(goods);
    }

    [Fact]
    public void A_setting_out_of_its_range_stops_the_start()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("Compliance:PullForward:WindowDays", "0")]).Build();

        Assert.Contains("1 to 365", Assert.Throws<InvalidOperationException>(() => PullForwardOptions.From(configuration)).Message, StringComparison.Ordinal);
    }

    private Task<Goods> Plan(string day, long units, string buyer = "Aurora Systems") =>
        Goods.Plan(host, Part, day, destination: "DE", quantity: units, buyer: buyer);

    private async Task<Goods> Planned(string day, long units, string buyer = "Aurora Systems")
    {
        var goods = await Plan(day, units, buyer);
        await goods.Stands("READY");
        return goods;
    }

    private static Task Move(Goods goods, string day) => goods.Revise(shipment => shipment with { PlannedShipDate = Goods.Day(day) });

    private static async Task NotHeld(Goods goods) => Assert.DoesNotContain(await goods.Holds("OPEN"), hold => hold.Reason == Reason);
}
