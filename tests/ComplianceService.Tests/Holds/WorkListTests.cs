using System.Globalization;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts;
using Xunit;
using Effect = OrderTracking.ComplianceService.Screening.Effect;
using HoldRecord = OrderTracking.ComplianceService.Holds.Hold;
using ListedHold = OrderTracking.Compliance.V1.Hold;
using ReviewPolicy = OrderTracking.ComplianceService.Screening.ReviewPolicy;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>
/// The work list: filtered and sorted by what staff work by. HOLDS_LISTED sets how many holds there are; 100,000 is the product's bar,
/// p95 at or below 200 ms (FEATURES K1).
/// </summary>
public sealed class WorkListTests(ITestOutputHelper output)
{
    private const int HoldsDefault = 2_000;
    private const int BatchHolds = 1_000;
    private const int AskedTimes = 20;
    private const double P95MillisecondsMax = 200;
    private static readonly int Holds = int.Parse(
        Environment.GetEnvironmentVariable("HOLDS_LISTED") ?? HoldsDefault.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static readonly (string Filter, string OrderBy)[] Asked =
    [
        ("", ""),
        ("state = OPEN", "create_time"),
        ("state = OPEN", "planned_ship_date"),
        ("state = OPEN AND currency = USD", "value_minor desc"),
        ("state = OPEN AND hold_class = LEGAL AND planned_ship_date <= 2025-05-10", "planned_ship_date"),
        ("owner = ana AND state = OPEN", "value_minor desc"),
        ("reason = \"RULE-7\" AND state = OPEN", "planned_ship_date"),
        ("buyer = \"Buyer 42\"", "planned_ship_date"),
        ("destination_country = SG AND part_number = H20", "value_minor desc"),
        ("lapsed = true AND state = RELEASE_PROPOSED", "create_time"),
    ];

    [Fact]
    public async Task The_work_list_answers_in_time_whatever_it_is_filtered_and_sorted_by()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        await Fill(host);
        var client = new Staff(host).Ana;
        var worst = 0.0;
        foreach (var (filter, orderBy) in Asked)
        {
            var taken = new List<double>();
            for (var time = 0; time < AskedTimes; time++)
            {
                var began = TimeProvider.System.GetTimestamp();
                var token = "";
                var page = await client.ListHoldsAsync(new ListHoldsRequest { Filter = filter, OrderBy = orderBy, PageToken = token });
                taken.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
                Assert.NotEmpty(page.Holds);
                AssertSorted(page.Holds, orderBy);
            }

            taken.Sort();
            var p95 = taken[(int)(AskedTimes * 0.95) - 1];
            worst = Math.Max(worst, p95);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Holds} holds, [{filter}] by [{orderBy}]: p50 {taken[AskedTimes / 2]:F1} ms, p95 {p95:F1} ms"));
        }

        Assert.True(worst <= P95MillisecondsMax, $"p95 {worst} ms");
    }

    [Fact]
    public async Task Pages_by_value_neither_repeat_nor_hide_a_hold()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        await host.Db.Write(tx => Put(tx, 0, 300));
        var client = new Staff(host).Ana;
        var (seen, token) = (new List<ListedHold>(), "");
        do
        {
            var page = await client.ListHoldsAsync(new ListHoldsRequest { OrderBy = "value_minor desc", PageSize = 70, PageToken = token });
            seen.AddRange(page.Holds);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(300, seen.Select(hold => hold.Name).Distinct().Count());
        AssertSorted(seen, "value_minor desc");
    }

    private static void AssertSorted(IReadOnlyList<ListedHold> holds, string orderBy)
    {
        if (orderBy == "planned_ship_date")
            Assert.Equal(holds.Select(Day).Order(), holds.Select(Day));
        if (orderBy == "value_minor desc")
            Assert.Equal(holds.Select(hold => hold.Value.Units).OrderDescending(), holds.Select(hold => hold.Value.Units));
    }

    private static DateOnly Day(ListedHold hold) => new(hold.PlannedShipDate.Year, hold.PlannedShipDate.Month, hold.PlannedShipDate.Day);

    private static async Task Fill(ComplianceHost host)
    {
        for (var from = 0; from < Holds; from += BatchHolds)
            await host.Db.Write(tx => Put(tx, from, Math.Min(BatchHolds, Holds - from)));
    }

    private static async Task Put(BuildingBlocks.Data.Tx tx, int from, int count)
    {
        for (var number = from; number < from + count; number++)
            await HoldStore.Insert(tx, Made(number));
    }

    private static HoldRecord Made(int number)
    {
        var now = Desk.Now.AddSeconds(number);
        var goods = new HoldGoods(
            number % 3 == 0 ? "H20" : "L20",
            Desk.Planned.AddDays((number * 7 % 90) - 30),
            $"Buyer {number % 50}",
            number % 4 == 0 ? "SG" : "CN",
            new MoneyAmount("USD", 100L * (number * 7919L % 1_000_003)));
        var ground = HoldGround.Of(Desk.Finding($"RULE-{number % 20}", Effect.Review, ReviewPolicy.None));
        var origins = new HoldOrigins(Guid.CreateVersion7(now), Guid.CreateVersion7(now), Guid.CreateVersion7(now), "erp", goods, now);
        return HoldBook.New(HoldOrigin.Finding, $"RULE-{number % 20}", ground, origins) with
        {
            Owner = number % 10 == 0 ? "ana" : "",
            Lapsed = number % 5 == 1,
            State = (number % 5) switch { 0 or 2 => HoldState.Open, 1 => HoldState.ReleaseProposed, 3 => HoldState.Settled, _ => HoldState.Voided },
        };
    }
}
