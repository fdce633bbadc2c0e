using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts;
using Xunit;
using Dimension = OrderTracking.Compliance.V1.Breakdown.Types.Dimension;

namespace OrderTracking.ComplianceService.Tests.Impact;

public sealed class ExposureTests : IAsyncLifetime
{
    private ComplianceHost _host = null!;
    private ImpactDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ComplianceHost.Start("2027-02-01T12:00:00Z");
        _desk = new ImpactDesk(_host);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_share_is_of_open_and_shipped_value_together_and_the_risk_of_the_open_one()
    {
        await new Staff(_host).Forbid("TEST-FRANCE", "FR");
        await Plan("DE", "READY", quantity: 300);
        await Plan("FR", "HELD", quantity: 100);
        await Ship("FR", quantity: 60);
        var report = await Report(new ReportExposureRequest());
        var france = Group(report, Dimension.Destination, "FR");
        Assert.Equal((100, 60, 100, 100), (france.Open.Units, france.Shipped.Units, france.Held.Units, france.Restricted.Units));
        Assert.Equal(("USD", 1_200_000), (france.Open.Value[0].CurrencyCode, france.Open.Value[0].Units));
        Assert.Equal(("34.78", "100.00"), (france.ShareOfAll[0].Percent.Value, france.AtRiskNow[0].Percent.Value));
        Assert.Equal(("65.22", "0.00"), (
            Group(report, Dimension.Destination, "DE").ShareOfAll[0].Percent.Value, Group(report, Dimension.Destination, "DE").AtRiskNow[0].Percent.Value));
        Assert.Equal(("100.00", "25.00", "25.00"), (
            report.All.ShareOfAll[0].Percent.Value, report.All.AtRiskNow[0].Percent.Value, report.All.AtRiskByRules[0].Percent.Value));
        Assert.Null(report.All.RestrictedInScenario);
        Assert.Empty(report.All.AtRiskInScenario);
        Assert.Equal(460, Group(report, Dimension.Part, ImpactDesk.NoRule).Open.Units + 60);
        Assert.Equal(160, Group(report, Dimension.BuyerHeadquarters, "FR").Open.Units + 60);
        Assert.Equal(100, Group(report, Dimension.Customer, "Aurora Systems (FR)").Open.Units);
    }

    [Fact]
    public async Task A_draft_and_a_ship_date_make_a_scenario()
    {
        await Plan("DE", "READY", quantity: 300);
        await Plan("IT", "READY", quantity: 100);
        var draft = ImpactDesk.Draft("TEST-GERMANY", ImpactDesk.Forbids("DE", "{ from: 2027-04-01 }"));
        var ownDays = await Report(new ReportExposureRequest { Inline = draft });
        Assert.Equal(0, ownDays.All.RestrictedInScenario.Units);
        var april = await Report(new ReportExposureRequest { Inline = draft, ShipDate = Goods.WireDay(new DateOnly(2027, 4, 1)) });
        Assert.Equal((300, 0, "75.00"), (
            april.All.RestrictedInScenario.Units, april.All.Restricted.Units, april.All.AtRiskInScenario[0].Percent.Value));
        Assert.Equal("100.00", Group(april, Dimension.Destination, "DE").AtRiskInScenario[0].Percent.Value);
        Assert.Equal("TEST-GERMANY", april.Draft.Rule.Split('/')[1]);
    }

    [Fact]
    public async Task What_was_known_earlier_is_answered_without_what_was_published_since()
    {
        await Plan("FR", "READY", quantity: 100);
        var before = _host.Clock.GetUtcNow();
        _host.Clock.Set(before.AddHours(1));
        await new Staff(_host).Forbid("TEST-FRANCE", "FR");
        Assert.Equal(100, (await Report(new ReportExposureRequest())).All.Restricted.Units);
        var then = await Report(new ReportExposureRequest { KnownAt = before.ToTimestamp() });
        Assert.Equal((0, before.ToTimestamp()), (then.All.Restricted.Units, then.KnownAt));
    }

    [Fact]
    public async Task Shipped_goods_count_by_the_day_they_departed_and_currencies_are_never_added_up()
    {
        await Ship("DE", quantity: 10);
        var euros = await Plan("DE", "READY", quantity: 20);
        await euros.Revise(shipment => shipment with { Value = new MoneyAmount("EUR", 500_00) });
        await ComplianceHost.Eventually(
            async () => await _host.Count("shipments", "facts like '%EUR%'") == 1 ? "revised" : null, "the value is in euros");
        var all = (await Report(new ReportExposureRequest())).All;
        Assert.Equal(["EUR", "USD"], all.ShareOfAll.Select(share => share.CurrencyCode));
        Assert.Equal((500, 10), (Assert.Single(all.Open.Value).Units, all.Shipped.Units));
        var later = await Report(new ReportExposureRequest { ShippedFromDate = Goods.WireDay(new DateOnly(2027, 2, 2)) });
        Assert.Equal(0, later.All.Shipped.Units);
        var until = await Report(new ReportExposureRequest { ShippedToDate = Goods.WireDay(new DateOnly(2027, 2, 1)) });
        Assert.Equal(10, until.All.Shipped.Units);
    }

    [Fact]
    public async Task What_cannot_be_reported_is_refused_with_all_that_is_wrong()
    {
        var wrong = await Refused.By(async () => await _desk.Ana.ReportExposureAsync(new ReportExposureRequest
        {
            ShipDate = new Google.Type.Date { Year = 2027, Month = 2, Day = 30 },
            KnownAt = new Timestamp { Nanos = -1 },
            ShippedFromDate = Goods.WireDay(new DateOnly(2027, 2, 2)),
            ShippedToDate = Goods.WireDay(new DateOnly(2027, 2, 1)),
            Inline = ImpactDesk.Draft("TEST-GERMANY", ""),
        }));
        Assert.Equal("ship_date,known_at,shipped_to_date,inline.definition", wrong.Metadata["fields"]);
        Assert.Equal("AMENDMENT_UNKNOWN", (await Refused.By(async () => await _desk.Ana.ReportExposureAsync(
            new ReportExposureRequest { Amendment = "rules/NO-RULE/amendments/1" }))).Reason);
        var operatorClient = _host.As<ImpactService.ImpactServiceClient>("otto", "operator");
        Assert.Equal("ROLE_NOT_ALLOWED", (await Refused.By(async () => await operatorClient.ReportExposureAsync(new ReportExposureRequest()))).Reason);
    }

    private async Task<ReportExposureResponse> Report(ReportExposureRequest request) =>
        await _desk.Ended<ReportExposureResponse>(await _desk.Ana.ReportExposureAsync(request));

    private static ExposureGroup Group(ReportExposureResponse report, Dimension dimension, string key) =>
        Assert.Single(Assert.Single(report.Breakdowns, one => one.Dimension == dimension).Groups, group => group.Key == key);

    private async Task<Goods> Plan(string destination, string standing, long quantity)
    {
        var goods = await Goods.Plan(_host, ImpactDesk.NoRule, "2027-03-01", destination, quantity: quantity);
        await goods.Stands(standing);
        return goods;
    }

    private async Task Ship(string destination, long quantity)
    {
        var goods = await Goods.Plan(_host, ImpactDesk.NoRule, "2027-02-01", destination, quantity: quantity);
        await ComplianceHost.Eventually(
            async () => await _host.Count("shipments", $"shipment_id = '{goods.Snapshot.ShipmentId:D}' and standing <> ''") == 1 ? "known" : null,
            "the goods are known");
        await goods.Depart("2027-02-01");
        await ComplianceHost.Eventually(
            async () => await _host.Count("shipments", $"shipment_id = '{goods.Snapshot.ShipmentId:D}' and phase = 'DEPARTED'") == 1 ? "gone" : null,
            "the goods depart");
    }
}
