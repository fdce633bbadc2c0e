using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using ReplayApi = OrderTracking.Compliance.V1.ReplayService;
using State = OrderTracking.Compliance.V1.LookBackRow.Types.State;

namespace OrderTracking.ComplianceService.Tests.Replay;

public sealed class LookBackTests
{
    private const string Backdated = "TEST-BACK";

    [Fact]
    public async Task Goods_that_left_lawfully_are_listed_once_a_rule_reaches_back_over_their_day()
    {
        await using var host = await ComplianceHost.Start("2025-06-02T18:00:00Z");
        var staff = new Staff(host);
        var reached = await Shipped(host, "VN", "2025-06-02");
        var elsewhere = await Shipped(host, "JP", "2025-06-02");
        var open = await Goods.Plan(host, "L2", "2025-06-20", "VN");
        await open.Stands("READY");
        var officer = host.As<ReplayApi.ReplayServiceClient>("olga", "officer");
        Assert.Equal((2, 0), await Counts(host, officer, new ScanDispatchedRequest()));

        host.Clock.Set(ComplianceHost.At("2025-06-10T18:00:00Z"));
        await staff.Forbid(Backdated, "VN");
        var before = await Everything(host);
        var operation = await officer.ScanDispatchedAsync(new ScanDispatchedRequest());
        var totals = await OperationsDesk.Result<ScanDispatchedResponse>(host, operation);
        var row = Assert.Single(await OperationsDesk.All(officer.StreamLookBackRows(new StreamLookBackRowsRequest { Name = operation.Name })));

        Assert.Equal((2, 1, 0, 100), (totals.Scanned, totals.Exposed, totals.Covered, totals.ExposedUnits));
        Assert.Equal(("USD", 1_200_000), (totals.ExposedValues.Single().CurrencyCode, totals.ExposedValues.Single().Units));
        Assert.Equal((Backdated, 1, 100), (totals.Rules.Single().Rule, totals.Rules.Single().Shipments, totals.Rules.Single().Units));
        Assert.Equal((reached.Name, State.Exposed, true), (row.Shipment, row.State, row.Departed));
        Assert.Equal($"orders/{reached.Snapshot.OrderId:D}", row.Order);
        Assert.Equal(("Aurora Systems", "VN", "L2", 100), (row.Customer, row.DestinationCountry, row.PartNumber, row.Quantity));
        Assert.Equal([Backdated], row.RulesAdded);
        Assert.Equal([Backdated], row.ExposedRules);
        Assert.Equal((Outcome.Cleared, Decision.Types.Occasion.Dispatch), (row.DecisionThen.Outcome, row.DecisionThen.Occasion));
        Assert.Equal((Outcome.Held, ""), (row.DecisionNow.Outcome, row.DecisionNow.Name));
        Assert.Equal(row.DecisionThen.ShipDate, row.DecisionNow.ShipDate);
        Assert.Equal(before, await Everything(host));

        Assert.Equal((2, 0), await Counts(host, officer, new ScanDispatchedRequest { KnownAt = ComplianceHost.At("2025-06-05T00:00:00Z").ToTimestamp() }));
        Assert.Equal((0, 0), await Counts(host, officer, new ScanDispatchedRequest { FirstShipDate = Goods.WireDay(Goods.Day("2025-06-03")) }));
        Assert.Equal((2, 1), await Counts(host, officer, new ScanDispatchedRequest
        {
            FirstShipDate = Goods.WireDay(Goods.Day("2025-06-02")),
            LastShipDate = Goods.WireDay(Goods.Day("2025-06-02")),
        }));
        Assert.NotEqual(elsewhere.Name, row.Shipment);
    }

    [Fact]
    public async Task A_requirement_that_the_drawn_licence_covers_is_covered_and_no_exposure()
    {
        const string Letter = "US-2025-04-NVIDIA-LETTER";
        await using var host = await ComplianceHost.Start("2025-05-20T18:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-05-20");
        var licence = await staff.Register(Letter);
        await staff.Settle(await goods.Held(Letter), "LICENCE", licence.Name);
        await goods.Stands("READY");
        var permit = await goods.Authorize();
        var officer = host.As<ReplayApi.ReplayServiceClient>("olga", "officer");
        Assert.Equal((1, 0), await Counts(host, officer, new ScanDispatchedRequest()));

        await goods.Depart("2025-05-20");
        await ComplianceHost.Eventually(async () => await host.Count("shipments", "phase = 'DEPARTED'") == 1 ? "gone" : null, "it has departed");
        await staff.Forbid(Letter, "CN");
        var operation = await officer.ScanDispatchedAsync(new ScanDispatchedRequest());
        var totals = await OperationsDesk.Result<ScanDispatchedResponse>(host, operation);
        var row = Assert.Single(await OperationsDesk.All(officer.StreamLookBackRows(new StreamLookBackRowsRequest { Name = operation.Name })));

        Assert.Equal((1, 0, 1, 0), (totals.Scanned, totals.Exposed, totals.Covered, totals.ExposedUnits));
        Assert.Equal((State.Covered, permit.Name), (row.State, row.Permit));
        Assert.Equal((Letter, licence.Name), (row.CoveredRules.Single().Rule, row.CoveredRules.Single().Licence));
        Assert.Equal([licence.Name], row.Licences);
        Assert.Empty(row.RulesAdded);
    }

    [Fact]
    public async Task Goods_that_left_later_than_permitted_are_judged_for_the_day_they_left()
    {
        await using var host = await ComplianceHost.Start("2025-06-02T18:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "UNKNOWN-1", "2025-06-02", "JP");
        await staff.Settle(await goods.Held("PART_NOT_IN_CATALOGUE"), "FACTS_REVIEWED");
        await goods.Stands("READY");
        await goods.Authorize();
        var officer = host.As<ReplayApi.ReplayServiceClient>("olga", "officer");
        Assert.Equal((1, 0), await Counts(host, officer, new ScanDispatchedRequest()));

        host.Clock.Set(ComplianceHost.At("2025-06-05T18:00:00Z"));
        await goods.Depart("2025-06-04");
        await ComplianceHost.Eventually(async () => await host.Count("shipments", "phase = 'DEPARTED'") == 1 ? "gone" : null, "it has departed");
        var operation = await officer.ScanDispatchedAsync(new ScanDispatchedRequest());
        await OperationsDesk.Result<ScanDispatchedResponse>(host, operation);
        var row = Assert.Single(await OperationsDesk.All(officer.StreamLookBackRows(new StreamLookBackRowsRequest { Name = operation.Name })));
        Assert.Equal((State.Exposed, Goods.WireDay(Goods.Day("2025-06-04"))), (row.State, row.ShipDate));
        Assert.Equal(Decision.Types.Occasion.Departure, row.DecisionThen.Occasion);
    }

    [Fact]
    public async Task An_empty_range_is_refused_with_every_violation()
    {
        await using var host = await ComplianceHost.Start("2025-06-02T18:00:00Z");
        var officer = host.As<ReplayApi.ReplayServiceClient>("olga", "officer");
        var refused = await Refused.By(() => officer.ScanDispatchedAsync(new ScanDispatchedRequest
        {
            FirstShipDate = Goods.WireDay(Goods.Day("2025-06-02")),
            LastShipDate = Goods.WireDay(Goods.Day("2025-06-01")),
        }).ResponseAsync);
        Assert.Equal((StatusCode.InvalidArgument, "SHIP_DATES_INVALID"), (refused.Code, refused.Reason));
        var both = await Refused.By(() => officer.ScanDispatchedAsync(new ScanDispatchedRequest
        {
            FirstShipDate = new Google.Type.Date { Year = 2025, Month = 2, Day = 30 },
            KnownAt = new Timestamp { Nanos = -1 },
        }).ResponseAsync);
        Assert.Equal("SEVERAL_FIELDS_INVALID", both.Reason);
    }

    private static async Task<Goods> Shipped(ComplianceHost host, string destination, string day)
    {
        var goods = await Goods.Plan(host, "L2", day, destination);
        await goods.Stands("READY");
        await goods.Authorize();
        await goods.Depart(day);
        await ComplianceHost.Eventually(
            async () => await host.Count("shipments", $"shipment_id = '{goods.Snapshot.ShipmentId:D}' and phase = 'DEPARTED'") == 1 ? "gone" : null,
            $"{goods.Name} has departed");
        return goods;
    }

    private static async Task<(long Scanned, long Exposed)> Counts(
        ComplianceHost host, ReplayApi.ReplayServiceClient officer, ScanDispatchedRequest request)
    {
        var totals = await OperationsDesk.Result<ScanDispatchedResponse>(host, await officer.ScanDispatchedAsync(request));
        return (totals.Scanned, totals.Exposed);
    }

    // What a look-back must leave alone.
    private static async Task<string> Everything(ComplianceHost host)
    {
        await host.Quiet();
        var counts = new List<long>();
        foreach (var table in new[] { "decisions", "holds", "permits", "outbox", "licence_movements", "amendments" })
            counts.Add(await host.Count(table));
        return string.Join(' ', counts);
    }
}
