using OrderTracking.OrderService.Orders;
using OrderTracking.Orders.V1;
using OrderTracking.Types.V1;
using Xunit;
using Order = OrderTracking.Orders.V1.Order;

namespace OrderTracking.OrderService.Tests.Service;

/// <summary>Two orders that differ in everything a list is filtered by: each filter must find the one it says.</summary>
public sealed class OrderFilterTests : IAsyncLifetime
{
    private OrderHost _host = null!;
    private Order _one = null!;
    private Order _other = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await OrderHost.Start();
        _one = await _host.Client.PlaceOrderAsync(Sample.Place(1));
        _host.Clock.Now = Sample.Start.AddHours(1);
        var request = Sample.Place(2, 3);
        request.Order.Exporter = "AMD";
        request.Order.DestinationCountry = "SG";
        request.Order.Parties[0].Name = "Other Buyer";
        request.Order.Parties[1].Country = "SG";
        request.Order.Lines[0].Item.PartNumber = "MI308X";
        request.Order.Lines[1].RequestedShipDate = new Google.Type.Date { Year = 2025, Month = 6, Day = 9 };
        request.Order.Documents[0].Number = "PO-2";
        request.Order.Documents.Add(new DocumentReference { Kind = DocumentReference.Types.Kind.Invoice, Number = "INV 7" });
        _other = await _host.Client.PlaceOrderAsync(request);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("exporter = AMD", "other")]
    [InlineData("purchaser = \"Other Buyer\"", "other")]
    [InlineData("party = \"Other Buyer\"", "other")]
    [InlineData("party = \"User Ltd\"", "other one")]
    [InlineData("party != \"Other Buyer\"", "one")]
    [InlineData("party = \"other buyer\"", "")]
    [InlineData("party_country = SG", "other")]
    [InlineData("party_country = SG AND party_country = CN", "other")]
    [InlineData("destination_country = CN", "one")]
    [InlineData("part_number = MI308X", "other")]
    [InlineData("part_number != MI308X", "one")]
    [InlineData("document_number = \"INV 7\"", "other")]
    [InlineData("document_number = PO-1", "one")]
    [InlineData("requested_ship_date = 2025-06-09", "other")]
    [InlineData("requested_ship_date >= 2025-04-01 AND requested_ship_date <= 2025-04-30", "other one")]
    [InlineData("requested_ship_date > 2025-04-09", "other")]
    [InlineData("requested_ship_date > 2025-04-09 AND requested_ship_date < 2025-06-09", "")]
    [InlineData("create_time > \"2025-03-03T17:30:00Z\" AND state = PLACED", "other")]
    public async Task A_filter_finds_the_orders_it_says(string filter, string expected) => Assert.Equal(expected, await Found(filter));

    [Theory]
    [InlineData("party ~ x", "at position 7")]
    [InlineData("requested_ship_date = tomorrow", "at position 23")]
    [InlineData("serial_number = 1", "at position 1")]
    public async Task A_filter_that_cannot_be_read_is_refused_with_the_position(string filter, string position)
    {
        var refused = await Expect.Refused(_host.Client.ListOrdersAsync(new ListOrdersRequest { Filter = filter }));
        Assert.Equal("FILTER_INVALID", refused.Reason);
        var error = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => _host.Client.ListOrdersAsync(new ListOrdersRequest { Filter = filter }).ResponseAsync);
        Assert.Contains(position, error.Status.Detail, StringComparison.Ordinal);
    }

    /// <summary>What an order was amended to is found, and what it was before is not.</summary>
    [Fact]
    public async Task The_terms_follow_the_present_content()
    {
        var content = new OrderContent("NVIDIA", [], "CN", null, new("US", "America/Los_Angeles"), "EXPORT", [Sample.Snapshot(1, 5)], [new DocumentFacts("INVOICE", "INV 8")], 1);
        await _host.Db.Write(tx => OrderTerms.Replace(tx, Guid.Parse(_one.Uid), OrderTerms.Of(content)));
        Assert.Equal("one", await Found("document_number = \"INV 8\""));
        Assert.Equal("", await Found("document_number = PO-1"));
    }

    private async Task<string> Found(string filter) => string.Join(
        ' ',
        (await _host.Client.ListOrdersAsync(new ListOrdersRequest { Filter = filter })).Orders
            .Select(order => order.Name == _one.Name ? "one" : order.Name == _other.Name ? "other" : order.Name));
}
