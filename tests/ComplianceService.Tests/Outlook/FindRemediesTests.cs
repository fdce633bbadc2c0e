using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Registers;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using Kind = OrderTracking.Compliance.V1.Remedy.Types.Kind;
using OutlookApi = OrderTracking.Compliance.V1.OutlookService;

namespace OrderTracking.ComplianceService.Tests.Outlook;

/// <summary>What staff are told that would help, and that doing it does help.</summary>
public sealed class FindRemediesTests : IAsyncLifetime
{
    private const string Letter = "US-2025-04-NVIDIA-LETTER";
    private ComplianceHost host = null!;

    public async ValueTask InitializeAsync() => host = await ComplianceHost.Start("2025-04-20T18:00:00Z");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private OutlookApi.OutlookServiceClient Ana => host.As<OutlookApi.OutlookServiceClient>("ana", "analyst");

    [Fact]
    public async Task A_licence_that_covers_the_shipment_is_named_and_releasing_under_it_makes_the_shipment_ready()
    {
        var goods = await Held(100);
        var staff = new Staff(host);
        await staff.Register(Letter, quantity: 50);
        var enough = await staff.Register(Letter, quantity: 500);

        var answer = await Ana.FindRemediesAsync(new FindRemediesRequest { Shipment = goods.Name });

        var licence = Single(answer, Kind.Licence);
        var covered = Assert.Single(licence.CoveredRules);
        Assert.Equal((Letter, enough.Name, enough.Number, 500), (covered.Rule, covered.Licence, covered.Number, covered.QuantityLeft));
        await staff.Settle(await goods.Held(Letter), "LICENCE", covered.Licence);
        await goods.Stands("READY");
        Assert.True((await Ana.FindRemediesAsync(new FindRemediesRequest { Shipment = goods.Name })).Lawful);
    }

    [Fact]
    public async Task Another_part_that_is_named_makes_the_shipment_ready()
    {
        var goods = await Held(100);

        var answer = await Ana.FindRemediesAsync(new FindRemediesRequest { Shipment = goods.Name });
        var part = answer.Remedies.SelectMany(remedy => remedy.Changes).First(change => change.Kind == Kind.Part).Item.PartNumber;

        await goods.Revise(shipment => shipment with { Item = new(part, null, null) });
        await ComplianceHost.Eventually(
            async () => (await goods.Screened()) is [.., var last] && last.ShipmentRevision == 2 && last.Outcome == "CLEARED" ? last : null,
            "the shipment with the other part is cleared");
    }

    [Fact]
    public async Task A_stop_by_hand_is_told_beside_what_the_rules_say()
    {
        var goods = await Goods.Plan(host, "L4", "2025-05-01", destination: "DE");
        await goods.Stands("READY");
        await new Staff(host).Olga.PlaceHoldAsync(new PlaceHoldRequest { Shipment = goods.Name, Reason = "STOP_SHIP", Explanation = "looked at" });

        var answer = await Ana.FindRemediesAsync(new FindRemediesRequest { Shipment = goods.Name });

        Assert.True(answer.Lawful);
        Assert.Equal(["STOP_SHIP"], answer.OtherHolds);
    }

    [Fact]
    public async Task For_a_prohibition_it_is_said_that_none_exists_and_what_was_tried()
    {
        var answer = await Ana.FindRemediesAsync(new FindRemediesRequest { Facts = Asked.Check("L4", "IR", "2025-05-01").Facts });

        Assert.True(answer.NoneExists);
        Assert.Empty(answer.Remedies);
        Assert.Contains(answer.Attempts, attempt => attempt.Kind == Kind.Date && attempt.TriedCount > 0 && attempt.Rules.Contains("US-EMBARGO: PROHIBITED"));
    }

    [Fact]
    public async Task Another_destination_is_told_with_a_caution()
    {
        var request = new FindRemediesRequest { Facts = Asked.Check("H20", "CN", "2025-05-01").Facts };
        request.Facts.Parties[0] = Asked.EndUser("DE");

        var answer = await Ana.FindRemediesAsync(request);

        var remedy = answer.Remedies.Single(one => one.Changes.Any(change => change.Kind == Kind.Destination));
        Assert.Equal("DE", Assert.Single(remedy.Changes).DestinationCountry);
        Assert.Contains("diversion", remedy.Caution, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_stored_by_asking()
    {
        var goods = await Held(100);
        var licence = await new Staff(host).Register(Letter);
        var decisions = await host.Count("decisions");

        await Ana.FindRemediesAsync(new FindRemediesRequest { Shipment = goods.Name });

        Assert.Equal(decisions, await host.Count("decisions"));
        Assert.Equal(0, (await new Staff(host).Balance(licence)).ReservedQuantity);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused()
    {
        await Asked.Refused(StatusCode.InvalidArgument, "SUBJECT_MISSING", async () => await Ana.FindRemediesAsync(new()));
        await Asked.Refused(
            StatusCode.NotFound,
            "SHIPMENT_UNKNOWN",
            async () => await Ana.FindRemediesAsync(new() { Shipment = "shipments/01900000-0000-7000-8000-000000000000" }));
        var error = await Asked.Refused(
            StatusCode.InvalidArgument,
            "SEVERAL_FIELDS_INVALID",
            async () => await Ana.FindRemediesAsync(new() { Facts = new ShipmentFacts() }));
        Assert.DoesNotContain("facts.ship_date:SHIP_DATE_MISSING", Asked.Fields(error));
        Assert.Contains("facts.item:ITEM_MISSING", Asked.Fields(error));
        await Asked.Refused(
            StatusCode.PermissionDenied,
            "ROLE_NOT_ALLOWED",
            async () => await host.As<OutlookApi.OutlookServiceClient>("erp", "caller").FindRemediesAsync(new()));
        var goods = await Goods.Plan(host, "L4", "2025-05-01", destination: "DE");
        await goods.Stands("READY");
        await goods.Cancel();
        await ComplianceHost.Eventually(
            async () => await host.Count("shipments", "phase = 'CLOSED'") == 1 ? "closed" : null, "the shipment is closed");
        await Asked.Refused(
            StatusCode.FailedPrecondition, "SHIPMENT_GONE", async () => await Ana.FindRemediesAsync(new() { Shipment = goods.Name }));
    }

    private async Task<Goods> Held(long quantity)
    {
        var goods = await Goods.Plan(host, "H20", "2025-05-01", quantity: quantity);
        await goods.Stands("HELD");
        return goods;
    }

    private static Remedy.Types.Change Single(FindRemediesResponse answer, Kind kind) =>
        Assert.Single(answer.Remedies.Where(remedy => remedy.Changes.Count == 1).Select(remedy => remedy.Changes[0]), change => change.Kind == kind);
}
