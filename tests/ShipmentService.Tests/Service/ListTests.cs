using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Tests.Service;

public sealed class ListTests : IAsyncLifetime
{
    private ShipmentsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ShipmentsHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Filters_find_by_every_field_they_name()
    {
        var (order, shipments) = await _host.PlaceOrder(Given.Line(1, 10), Given.Line(2, 20, Given.ShipDate.AddDays(5), "H100"));
        await _host.PlaceOrder();
        await _host.Screen(shipments[0], "HELD", reasons: "US-3A090-A");
        Assert.Equal([shipments[0].Name, shipments[1].Name], await Names($"order = \"orders/{order.OrderId}\""));
        Assert.Equal([shipments[0].Name], await Names("state = HELD"));
        Assert.Equal([shipments[1].Name], await Names("part_number = \"H100\" AND destination_country = SG"));
        Assert.Equal([shipments[1].Name], await Names("planned_ship_date > 2025-03-20"));
        Assert.Equal([shipments[0].Name], await Names("quantity < 20 AND overdue = false"));
        Assert.Empty(await Names("overdue = true"));
        var refused = await Calls.Refused(
            () => _host.Caller.ListShipmentsAsync(new Api.ListShipmentsRequest { Filter = "colour = red" }).ResponseAsync);
        Assert.Equal("FILTER_INVALID", refused.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("planned_ship_date desc")]
    [InlineData("quantity")]
    [InlineData("create_time")]
    public async Task Pages_neither_skip_nor_repeat_while_others_are_planned(string orderBy)
    {
        var lines = Enumerable.Range(1, 30).Select(
            number => Given.Line(number, 1 + (number % 4), Given.ShipDate.AddDays(number % 3))).ToArray();
        var (_, old) = await _host.PlaceOrder(lines);
        var seen = new List<Api.Shipment>();
        var request = new Api.ListShipmentsRequest { PageSize = 7, OrderBy = orderBy };
        do
        {
            var page = await _host.Caller.ListShipmentsAsync(request);
            Assert.True(page.Shipments.Count <= 7);
            seen.AddRange(page.Shipments);
            request.PageToken = page.NextPageToken;
            await _host.PlaceOrder();
        }
        while (request.PageToken.Length > 0 && seen.Count < 200);
        Assert.Equal(seen.Count, seen.Select(shipment => shipment.Name).Distinct().Count());
        Assert.Superset(old.Select(shipment => shipment.Name).ToHashSet(), seen.Select(shipment => shipment.Name).ToHashSet());
        if (orderBy == "quantity")
            Assert.Equal(seen.Select(shipment => shipment.Quantity).Order(), seen.Select(shipment => shipment.Quantity));
        if (orderBy == "planned_ship_date desc")
            Assert.Equal(seen.OrderByDescending(shipment => WireDateText(shipment)).Select(WireDateText), seen.Select(WireDateText));
    }

    [Fact]
    public async Task What_is_listed_is_what_is_got()
    {
        var dispatched = await _host.DispatchedShipment();
        var listed = Assert.Single((await _host.Caller.ListShipmentsAsync(new Api.ListShipmentsRequest())).Shipments);
        Assert.Equal(await _host.Get(dispatched.Name), listed);
        Assert.Equal(WireDate.Of(Given.ShipDate), listed.RequestedShipDate);
        Assert.Equal((2_500_000L, "USD"), (listed.Value.Units, listed.Value.CurrencyCode));
    }

    private static string WireDateText(Api.Shipment shipment) =>
        new DateOnly(shipment.PlannedShipDate.Year, shipment.PlannedShipDate.Month, shipment.PlannedShipDate.Day).ToString("O", null);

    private async Task<IEnumerable<string>> Names(string filter) =>
        (await _host.Caller.ListShipmentsAsync(
            new Api.ListShipmentsRequest { Filter = filter })).Shipments.Select(shipment => shipment.Name);
}
