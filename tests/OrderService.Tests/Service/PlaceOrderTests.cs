using Google.Type;
using Grpc.Core;
using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.OrderService.Tests.Service;

public sealed class PlaceOrderTests : IAsyncLifetime
{
    private OrderHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await OrderHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_order_is_accepted_and_read_back()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100, 50));
        Assert.Equal(Order.Types.State.Placed, placed.State);
        Assert.Equal($"orders/{placed.Uid}", placed.Name);
        Assert.Equal([$"{placed.Name}/lines/1", $"{placed.Name}/lines/2"], placed.Lines.Select(line => line.Name));
        Assert.Equal(new Money { CurrencyCode = "USD", Units = 1_800_000 }, placed.TotalValue);
        Assert.Equal((150, 150), (placed.Quantities.Ordered, placed.Quantities.Planned));
        Assert.Equal((1, "\"1\""), (placed.Revision, placed.Etag));
        Assert.Equal(placed, await _host.Client.GetOrderAsync(new GetOrderRequest { Name = placed.Name }));
        var entry = Assert.Single((await _host.Client.GetOrderTimelineAsync(new GetOrderTimelineRequest { Name = placed.Name })).Entries);
        Assert.Equal(("ORDER_PLACED", "erp", placed.Name), (entry.Kind, entry.Actor, entry.Resource));
        Assert.Equal(32, entry.TraceId.Length);
    }

    [Fact]
    public async Task A_part_nobody_knows_is_accepted()
    {
        var request = Sample.Place(1);
        request.Order.Lines[0].Item.PartNumber = "NEVER-HEARD-OF-1";
        Assert.Equal(Order.Types.State.Placed, (await _host.Client.PlaceOrderAsync(request)).State);
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        var refused = await Expect.Refused(_host.Client.PlaceOrderAsync(new PlaceOrderRequest { Order = new Order() }));
        Assert.Equal((StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID"), (refused.Code, refused.Reason));
        Assert.Equal(["EXPORTER_INVALID", "PARTIES_MISSING", "COUNTRY_MISSING", "PLACE_OF_EXPORT_MISSING", "MOVEMENT_MISSING", "LINES_MISSING"], refused.Fields);
        Assert.Equal("ORDER_MISSING", (await Expect.Refused(_host.Client.PlaceOrderAsync(new PlaceOrderRequest()))).Reason);
    }

    [Fact]
    public async Task Two_hundred_parallel_calls_with_a_hundred_request_ids_make_a_hundred_orders()
    {
        string[] ids = [.. Enumerable.Range(0, 100).Select(_ => Guid.CreateVersion7(Sample.Start).ToString("D"))];
        var calls = ids.Concat(ids).Select(id => Task.Run(async () =>
        {
            var request = Sample.Place(10);
            request.RequestId = id;
            return (Id: id, (await _host.Client.PlaceOrderAsync(request)).Name);
        }));
        var answers = await Task.WhenAll(calls);
        Assert.All(answers.GroupBy(answer => answer.Id), repeats => Assert.Single(repeats.Select(answer => answer.Name).Distinct()));
        Assert.Equal(100, answers.Select(answer => answer.Name).Distinct().Count());
        Assert.Equal((100, 100), (await _host.Count("orders"), await _host.Count("outbox")));
    }

    [Fact]
    public async Task A_request_id_belongs_to_one_content_and_one_actor()
    {
        var request = Sample.Place(10);
        request.RequestId = "0197a5e0-0000-7000-8000-000000000001";
        await _host.Client.PlaceOrderAsync(request);
        var other = new PlaceOrderRequest(request) { Order = Sample.Order(11) };
        Assert.Equal((StatusCode.AlreadyExists, "REQUEST_ID_REUSED"), await Outcome(_host.Client, other));
        Assert.Equal((StatusCode.AlreadyExists, "REQUEST_ID_REUSED"), await Outcome(_host.As("crm", "caller"), request));
        Assert.Equal(1, await _host.Count("orders"));
    }

    [Fact]
    public async Task A_request_id_is_a_uuid()
    {
        var request = Sample.Place(10);
        request.RequestId = "once";
        Assert.Equal((StatusCode.InvalidArgument, "REQUEST_ID_NOT_UUID"), await Outcome(_host.Client, request));
    }

    [Fact]
    public async Task A_call_that_failed_can_be_repeated_and_one_that_was_answered_keeps_its_answer()
    {
        var request = Sample.Place(10);
        request.RequestId = "0197a5e0-0000-7000-8000-000000000002";
        _host.Clock.Now = Sample.Start.AddYears(1);
        Assert.Equal((StatusCode.InvalidArgument, "SHIP_DATE_BEFORE_ORDER"), await Outcome(_host.Client, request));
        _host.Clock.Now = Sample.Start;
        var placed = await _host.Client.PlaceOrderAsync(request);
        _host.Clock.Now = Sample.Start.AddYears(1);
        Assert.Equal(placed, await _host.Client.PlaceOrderAsync(request));
    }

    [Fact]
    public async Task Validating_only_refuses_alike_and_leaves_nothing()
    {
        var request = Sample.Place(0);
        request.ValidateOnly = true;
        Assert.Equal((StatusCode.InvalidArgument, "QUANTITY_NOT_POSITIVE"), await Outcome(_host.Client, request));
        request.Order.Lines[0].Quantity = 5;
        request.RequestId = "0197a5e0-0000-7000-8000-000000000003";
        Assert.Equal(5, (await _host.Client.PlaceOrderAsync(request)).Quantities.Ordered);
        Assert.Equal((0, 0, 0), (await _host.Count("orders"), await _host.Count("outbox"), await _host.Count("requests")));
    }

    [Theory]
    [InlineData("officer")]
    [InlineData("auditor")]
    [InlineData("service")]
    public async Task Only_callers_place_orders(string role) =>
        Assert.Equal((StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED"), await Outcome(_host.As("somebody", role), Sample.Place(1)));

    [Theory]
    [InlineData("orders/0197a5e0-0000-7000-8000-000000000009", StatusCode.NotFound, "ORDER_NOT_FOUND")]
    [InlineData("orders/9", StatusCode.InvalidArgument, "NAME_INVALID")]
    [InlineData("", StatusCode.InvalidArgument, "NAME_INVALID")]
    public async Task An_order_that_is_not_there_is_not_found_by_any_method(string name, StatusCode code, string reason)
    {
        var expected = (code, reason);
        var client = _host.Client;
        Assert.Equal(expected, await Outcome(() => client.GetOrderAsync(new GetOrderRequest { Name = name }).ResponseAsync));
        Assert.Equal(expected, await Outcome(() => client.GetOrderTimelineAsync(new GetOrderTimelineRequest { Name = name }).ResponseAsync));
        Assert.Equal(expected, await Outcome(() => client.CancelOrderAsync(new CancelOrderRequest { Name = name, Reason = "x" }).ResponseAsync));
        Assert.Equal(expected, await Outcome(() => client.AmendOrderAsync(new AmendOrderRequest { Order = new Order(Sample.Order(1)) { Name = name } }).ResponseAsync));
        using var watch = client.WatchOrder(new WatchOrderRequest { Name = name });
        Assert.Equal(expected, await Outcome(() => watch.ResponseStream.MoveNext(CancellationToken.None)));
    }

    private static Task<(StatusCode Code, string Reason)> Outcome(OrderTracking.Orders.V1.OrderService.OrderServiceClient client, PlaceOrderRequest request) =>
        Outcome(() => client.PlaceOrderAsync(request).ResponseAsync);

    private static async Task<(StatusCode Code, string Reason)> Outcome(Func<Task> call)
    {
        var refused = await Expect.Refused(call);
        return (refused.Code, refused.Reason);
    }
}
