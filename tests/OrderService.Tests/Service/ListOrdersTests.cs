using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.OrderService.Tests.Service;

public sealed class ListOrdersTests : IAsyncLifetime
{
    private OrderHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await OrderHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_walk_over_pages_under_inserts_neither_skips_nor_repeats_an_old_order()
    {
        var old = new HashSet<string>();
        for (var n = 0; n < 30; n++)
            old.Add((await _host.Client.PlaceOrderAsync(Sample.Place(1))).Name);
        var seen = new List<string>();
        var request = new ListOrdersRequest { PageSize = 7 };
        do
        {
            var page = await _host.Client.ListOrdersAsync(request);
            seen.AddRange(page.Orders.Select(order => order.Name));
            request.PageToken = page.NextPageToken;
            await _host.Client.PlaceOrderAsync(Sample.Place(1));
        }
        while (request.PageToken.Length > 0);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Superset(old, seen.ToHashSet());
    }

    [Fact]
    public async Task Orders_are_listed_newest_first_and_by_what_a_filter_says()
    {
        var first = await _host.Client.PlaceOrderAsync(Sample.Place(1));
        _host.Clock.Now = Sample.Start.AddHours(1);
        var request = Sample.Place(2);
        request.Order.Exporter = "AMD";
        request.Order.DestinationCountry = "SG";
        var second = await _host.Client.PlaceOrderAsync(request);
        Assert.Equal([second, first], (await _host.Client.ListOrdersAsync(new ListOrdersRequest())).Orders);
        Assert.Equal([first, second], (await _host.Client.ListOrdersAsync(new ListOrdersRequest { OrderBy = "update_time" })).Orders);
        foreach (var filter in new[] { "exporter = AMD", "destination_country = \"SG\"", "create_time > \"2025-03-03T17:30:00Z\"", "state = PLACED AND exporter != NVIDIA" })
            Assert.Equal([second], (await _host.Client.ListOrdersAsync(new ListOrdersRequest { Filter = filter })).Orders);
        Assert.Empty((await _host.Client.ListOrdersAsync(new ListOrdersRequest { Filter = "state = HELD" })).Orders);
    }

    [Fact]
    public async Task A_page_too_large_for_a_message_is_cut_and_goes_on()
    {
        var names = new HashSet<string>();
        for (var n = 0; n < 80; n++)
            names.Add((await _host.Client.PlaceOrderAsync(Sample.Place([.. Enumerable.Repeat(1L, OrderLimits.LinesMax)]))).Name);
        var first = await _host.Client.ListOrdersAsync(new ListOrdersRequest { PageSize = 1_000 });
        Assert.InRange(first.CalculateSize(), 1, OrderLimits.PageBytesMax);
        var seen = first.Orders.Select(order => order.Name).ToList();
        var token = first.NextPageToken;
        while (token.Length > 0)
        {
            var next = await _host.Client.ListOrdersAsync(new ListOrdersRequest { PageSize = 1_000, PageToken = token });
            seen.AddRange(next.Orders.Select(order => order.Name));
            token = next.NextPageToken;
        }

        Assert.True(first.Orders.Count < 80, "one page held them all");
        Assert.Equal(names, seen.ToHashSet());
        Assert.Equal(80, seen.Count);
    }

    [Theory]
    [InlineData(-1, "", "", "PAGE_SIZE_NEGATIVE")]
    [InlineData(0, "colour = red", "", "FILTER_INVALID")]
    [InlineData(0, "", "state", "ORDER_BY_INVALID")]
    public async Task What_cannot_be_listed_is_refused(int pageSize, string filter, string orderBy, string reason) =>
        Assert.Equal(reason, (await Expect.Refused(_host.Client.ListOrdersAsync(new ListOrdersRequest { PageSize = pageSize, Filter = filter, OrderBy = orderBy }))).Reason);

    [Fact]
    public async Task A_token_belongs_to_its_filter()
    {
        for (var n = 0; n < 2; n++)
            await _host.Client.PlaceOrderAsync(Sample.Place(1));
        var page = await _host.Client.ListOrdersAsync(new ListOrdersRequest { PageSize = 1 });
        var refused = await Expect.Refused(_host.Client.ListOrdersAsync(new ListOrdersRequest { PageSize = 1, PageToken = page.NextPageToken, Filter = "state = PLACED" }));
        Assert.Equal("PAGE_TOKEN_INVALID", refused.Reason);
    }
}
