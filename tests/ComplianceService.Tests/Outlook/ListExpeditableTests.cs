using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Registers;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using OutlookApi = OrderTracking.Compliance.V1.OutlookService;

namespace OrderTracking.ComplianceService.Tests.Outlook;

/// <summary>The day after the rules of October 2023 became known: H800 to China may leave until November 16, and not later.</summary>
public sealed class ListExpeditableTests : IAsyncLifetime
{
    private ComplianceHost host = null!;

    public async ValueTask InitializeAsync() => host = await ComplianceHost.Start("2023-10-18T18:00:00Z");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private OutlookApi.OutlookServiceClient Planner => host.As<OutlookApi.OutlookServiceClient>("erp", "caller");

    [Fact]
    public async Task What_may_leave_today_and_not_on_its_planned_day_is_listed_with_the_last_lawful_day()
    {
        var late = await Planned("H800-SXM5", "2023-12-01", "BLOCKED");
        await Planned("H800-SXM5", "2023-11-01", "READY");
        await (await Goods.Plan(host, "L4", "2023-12-01", destination: "DE")).Stands("READY");
        await Planned("H100-SXM5", "2023-12-01", "BLOCKED");

        var answer = await Planner.ListExpeditableAsync(new ListExpeditableRequest { HandlingDays = 3, CarrierLeadDays = 4 });

        var one = Assert.Single(answer.Shipments);
        Assert.Equal((late.Name, $"orders/{late.Snapshot.OrderId:D}", 1), (one.Shipment, one.Order, answer.TotalSize));
        Assert.Equal((Asked.Day("2023-11-16"), Asked.Day("2023-11-09"), false), (one.LastLawfulDate, one.RequiredActionDate, one.ActionOverdue));
        Assert.Equal((Asked.Day("2023-10-18"), Asked.Day("2023-12-01")), (one.Today, one.PlannedShipDate));
        Assert.Equal((Outcome.Blocked, "US-3A090-A"), (one.PlannedOutcome, one.Rules[0]));
        Assert.Equal((100, 1_200_000, "USD", "Aurora Systems"), (one.Quantity, one.Value.Units, one.Value.CurrencyCode, one.Customer));
    }

    [Fact]
    public async Task An_action_that_should_have_been_taken_before_today_is_marked()
    {
        await Planned("H800-SXM5", "2023-12-01", "BLOCKED");

        var answer = await Planner.ListExpeditableAsync(new ListExpeditableRequest { HandlingDays = 30 });

        Assert.True(Assert.Single(answer.Shipments).ActionOverdue);
    }

    [Fact]
    public async Task What_is_stopped_by_hand_is_not_listed()
    {
        var goods = await Planned("H800-SXM5", "2023-12-01", "BLOCKED");
        await new Staff(host).Olga.PlaceHoldAsync(new PlaceHoldRequest { Shipment = goods.Name, Reason = "STOP_SHIP", Explanation = "looked at" });

        Assert.Empty((await Planner.ListExpeditableAsync(new ListExpeditableRequest())).Shipments);
    }

    [Fact]
    public async Task Pages_go_by_last_lawful_day_and_then_the_greater_value_first_and_miss_nothing()
    {
        foreach (var quantity in (long[])[10, 30, 20, 30, 5])
            await (await Goods.Plan(host, "H800-SXM5", "2023-12-01", quantity: quantity)).Stands("BLOCKED");
        var seen = new List<ExpeditableShipment>();
        var token = "";
        do
        {
            var answer = await Planner.ListExpeditableAsync(new ListExpeditableRequest { PageSize = 2, PageToken = token });
            seen.AddRange(answer.Shipments);
            token = answer.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal([30, 30, 20, 10, 5], seen.Select(one => one.Quantity));
        Assert.Equal(5, seen.Select(one => one.Shipment).Distinct().Count());
    }

    [Fact]
    public async Task The_list_is_filtered_by_part_destination_customer_and_order()
    {
        var goods = await Planned("H800-SXM5", "2023-12-01", "BLOCKED");
        var order = $"orders/{goods.Snapshot.OrderId:D}";

        Assert.Equal(1, await Count(new() { PartNumber = "H800-SXM5", DestinationCountry = "CN", Customer = " aurora  SYSTEMS ", Order = order }));
        Assert.Equal(0, await Count(new() { PartNumber = "A800-SXM-80" }));
        Assert.Equal(0, await Count(new() { DestinationCountry = "DE" }));
        Assert.Equal(0, await Count(new() { Customer = "Borealis" }));
        Assert.Equal(0, await Count(new() { Order = goods.Name.Replace("shipments", "orders", StringComparison.Ordinal) }));
    }

    [Fact]
    public async Task What_cannot_be_listed_is_refused_with_all_that_is_wrong()
    {
        var error = await Asked.Refused(
            StatusCode.InvalidArgument,
            "SEVERAL_FIELDS_INVALID",
            async () => await Planner.ListExpeditableAsync(new ListExpeditableRequest
            {
                PageSize = -1, PageToken = "x", PartNumber = "a b", DestinationCountry = "XX", Order = "orders/1", HandlingDays = -1, CarrierLeadDays = 366,
            }));
        Assert.Equal(
            [
                "page_size:PAGE_SIZE_NEGATIVE", "part_number:PART_NUMBER_INVALID", "destination_country:COUNTRY_UNKNOWN", "order:NAME_INVALID",
                "handling_days:DAYS_OUT_OF_RANGE", "carrier_lead_days:DAYS_OUT_OF_RANGE", "page_token:PAGE_TOKEN_INVALID",
            ],
            Asked.Fields(error));
        await Asked.Refused(
            StatusCode.PermissionDenied,
            "ROLE_NOT_ALLOWED",
            async () => await host.As<OutlookApi.OutlookServiceClient>("orders", "service").ListExpeditableAsync(new ListExpeditableRequest()));
    }

    private async Task<Goods> Planned(string part, string day, string standing)
    {
        var goods = await Goods.Plan(host, part, day);
        await goods.Stands(standing);
        return goods;
    }

    private async Task<int> Count(ListExpeditableRequest request) => (await Planner.ListExpeditableAsync(request)).Shipments.Count;
}
