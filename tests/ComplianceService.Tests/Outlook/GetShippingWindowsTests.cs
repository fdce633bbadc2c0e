using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Registers;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;
using OutlookApi = OrderTracking.Compliance.V1.OutlookService;

namespace OrderTracking.ComplianceService.Tests.Outlook;

/// <summary>Windows as a caller asks for them.</summary>
public sealed class GetShippingWindowsTests : IAsyncLifetime
{
    private ComplianceHost host = null!;

    public async ValueTask InitializeAsync() => host = await ComplianceHost.Start("2025-10-01T18:00:00Z");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private OutlookApi.OutlookServiceClient Erp => host.As<OutlookApi.OutlookServiceClient>("erp", "caller");

    [Fact]
    public async Task Without_a_ship_date_it_is_measured_from_today_at_the_place_of_export()
    {
        // The clock stands at 18:00 UTC on October 1; in Auckland it is the 2nd already.
        var request = Asking("H20", "DE");
        request.Facts.PlaceOfExport = new Types.V1.PlaceOfExport { Country = "NZ", TimeZone = "Pacific/Auckland" };

        var answer = await Erp.GetShippingWindowsAsync(request);

        Assert.Equal(Asked.Day("2025-10-02"), answer.MeasuredFrom);
        Assert.True(answer is { Outcome: Outcome.Cleared, LawfulWithoutEnd: true, LastLawfulDate: null });
    }

    [Fact]
    public async Task The_last_lawful_date_is_the_day_before_a_rule_begins()
    {
        var request = Asking("H20", "CN");
        request.Facts.ShipDate = Asked.Day("2025-04-01");

        var answer = await Erp.GetShippingWindowsAsync(request);

        Assert.Equal((Outcome.Cleared, Asked.Day("2025-04-08"), false), (answer.Outcome, answer.LastLawfulDate, answer.LawfulWithoutEnd));
        Assert.Equal((Asked.Day("2025-04-09"), Outcome.Held), (answer.NextChangeDate, answer.NextOutcome));
        Assert.Contains(answer.Windows, window => window.FirstDate?.Equals(answer.NextChangeDate) == true
            && window.Findings.Any(finding => finding.Rule == "US-2025-04-NVIDIA-LETTER" && finding.Citation.Length > 0));
    }

    [Fact]
    public async Task A_day_that_is_not_cleared_has_no_last_lawful_date()
    {
        var answer = await Erp.GetShippingWindowsAsync(Asking("H20", "CN"));

        Assert.True(answer is { Outcome: Outcome.Held, LastLawfulDate: null, LawfulWithoutEnd: false });
    }

    [Fact]
    public async Task A_suspension_ends_by_itself_and_the_windows_know_it_as_of_its_recording()
    {
        host.Clock.Set(ComplianceHost.At("2025-12-01T12:00:00Z"));
        var request = Asking("L4", "DE");
        request.Facts.Parties[0].ListedOwnerSharePercent = 50;
        var suspended = await Erp.GetShippingWindowsAsync(request);
        Assert.Equal((Outcome.Cleared, Asked.Day("2026-11-09")), (suspended.Outcome, suspended.LastLawfulDate));

        request.KnownAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(ComplianceHost.At("2025-11-01T00:00:00Z"));
        Assert.Equal(Outcome.Blocked, (await Erp.GetShippingWindowsAsync(request)).Outcome);
    }

    [Fact]
    public async Task Every_window_agrees_with_what_CheckShipment_answers_on_its_first_and_last_day()
    {
        var checks = host.As<ComplianceApi.ComplianceServiceClient>("erp", "caller");
        var windows = (await Erp.GetShippingWindowsAsync(Asking("H100-SXM5", "CN"))).Windows;

        Assert.True(windows.Count > 3);
        foreach (var window in windows)
            foreach (var day in (Google.Type.Date?[])[window.FirstDate, window.LastDate])
                if (day is not null)
                {
                    var check = Asked.Check("H100-SXM5", "CN", "2025-10-01");
                    check.Facts.ShipDate = day;
                    var decision = await checks.CheckShipmentAsync(check);
                    Assert.Equal(window.Outcome, decision.Outcome);
                    Assert.Equal(window.Findings.Select(finding => finding.Amendment), decision.Findings.Select(finding => finding.Amendment));
                }
    }

    [Fact]
    public async Task Only_windows_that_touch_the_dates_asked_for_are_given_and_none_is_cut()
    {
        var request = Asking("H20", "CN");
        (request.FromDate, request.ToDate) = (Asked.Day("2025-04-08"), Asked.Day("2025-04-09"));

        var windows = (await Erp.GetShippingWindowsAsync(request)).Windows;

        Assert.Equal([Outcome.Cleared, Outcome.Held], windows.Select(window => window.Outcome));
        Assert.Equal(Asked.Day("2025-04-08"), windows[0].LastDate);
        Assert.NotEqual(Asked.Day("2025-04-08"), windows[0].FirstDate);
    }

    [Fact]
    public async Task A_known_shipment_is_measured_from_its_planned_day()
    {
        var goods = await Goods.Plan(host, "H20", "2025-12-01", destination: "DE");
        await goods.Stands("READY");

        var answer = await Erp.GetShippingWindowsAsync(new GetShippingWindowsRequest { Shipment = goods.Name });

        Assert.Equal(Asked.Day("2025-12-01"), answer.MeasuredFrom);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_with_all_that_is_wrong()
    {
        await Asked.Refused(StatusCode.InvalidArgument, "SUBJECT_MISSING", async () => await Erp.GetShippingWindowsAsync(new()));
        await Asked.Refused(
            StatusCode.NotFound,
            "SHIPMENT_UNKNOWN",
            async () => await Erp.GetShippingWindowsAsync(new() { Shipment = "shipments/01900000-0000-7000-8000-000000000000" }));
        var request = Asking("H20", "XX");
        (request.FromDate, request.ToDate) = (Asked.Day("2025-04-10"), Asked.Day("2025-04-09"));
        var error = await Asked.Refused(
            StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID", async () => await Erp.GetShippingWindowsAsync(request));
        Assert.Contains("facts.destination_country:COUNTRY_UNKNOWN", Asked.Fields(error));
        Assert.Contains("to_date:DATES_REVERSED", Asked.Fields(error));
    }

    private static GetShippingWindowsRequest Asking(string part, string destination)
    {
        var facts = Asked.Check(part, destination, "2025-10-01").Facts;
        facts.ShipDate = null;
        return new GetShippingWindowsRequest { Facts = facts };
    }
}
