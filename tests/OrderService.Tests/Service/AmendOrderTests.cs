using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.Orders.V1;
using OrderTracking.Types.V1;
using Xunit;

namespace OrderTracking.OrderService.Tests.Service;

public sealed class AmendOrderTests : IAsyncLifetime
{
    private readonly FakeShipments _shipments = new();
    private OrderHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await OrderHost.Start(_shipments);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_amendment_is_taken_by_shipments_first_and_then_applied()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var request = Amend(placed, 120);
        request.Reason = "more of it";
        var amended = await _host.Client.AmendOrderAsync(request);
        Assert.Equal((2, "\"2\"", 120), (amended.Revision, amended.Etag, amended.Quantities.Ordered));
        var asked = Assert.Single(_shipments.Asked);
        Assert.Equal((2, 120, false, "erp", "more of it"), (asked.Order.Revision, asked.Order.Lines[0].Quantity, asked.Cancel, asked.RequestedBy, asked.Reason));
        Assert.Equal(amended, await Get(placed));
        Assert.Equal((2, 2, 0), (await _host.Count("outbox"), await _host.Count("order_revisions"), await _host.Count("order_changes_pending")));
        var history = (await _host.Client.GetOrderTimelineAsync(new GetOrderTimelineRequest { Name = placed.Name })).Entries;
        Assert.Equal(["ORDER_PLACED", "ORDER_AMENDED"], history.Select(entry => entry.Kind));
        Assert.Equal("Changed to revision 2 (line 1: quantity 100 to 120): more of it.", history[1].Summary);
    }

    [Fact]
    public async Task Without_a_mask_the_populated_fields_are_changed()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var amended = await _host.Client.AmendOrderAsync(new AmendOrderRequest { Order = new Order { Name = placed.Name, DestinationCountry = "SG" } });
        Assert.Equal("SG", amended.DestinationCountry);
        Assert.Equal((placed.Lines, placed.Parties, placed.Documents), (amended.Lines, amended.Parties, amended.Documents));
    }

    [Fact]
    public async Task A_mask_names_what_is_changed_and_clears_what_is_not_given()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var order = new Order { Name = placed.Name, DestinationCountry = "SG" };
        var amended = await _host.Client.AmendOrderAsync(new AmendOrderRequest { Order = order, UpdateMask = new FieldMask { Paths = { "documents" } } });
        Assert.Equal(("CN", 0), (amended.DestinationCountry, amended.Documents.Count));
    }

    [Fact]
    public async Task A_star_replaces_everything_that_can_be_written()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var order = new Order { Name = placed.Name, DestinationCountry = "SG" };
        var refused = await Expect.Refused(_host.Client.AmendOrderAsync(new AmendOrderRequest { Order = order, UpdateMask = new FieldMask { Paths = { "*" } } }));
        Assert.Equal(["PARTIES_MISSING", "PLACE_OF_EXPORT_MISSING", "MOVEMENT_MISSING", "LINES_MISSING"], refused.Fields);
        var whole = new Order(Sample.Order(7)) { Name = placed.Name, Exporter = "AMD", State = Order.Types.State.Delivered, Revision = 99 };
        var amended = await _host.Client.AmendOrderAsync(new AmendOrderRequest { Order = whole, UpdateMask = new FieldMask { Paths = { "*" } } });
        Assert.Equal(("NVIDIA", Order.Types.State.Placed, 2, 7), (amended.Exporter, amended.State, amended.Revision, amended.Quantities.Ordered));
    }

    [Theory]
    [InlineData("colour")]
    [InlineData("lines.quantity")]
    [InlineData("state")]
    [InlineData("exporter")]
    public async Task A_path_that_is_unknown_or_cannot_be_written_changes_nothing(string path)
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var request = new AmendOrderRequest { Order = new Order { Name = placed.Name }, UpdateMask = new FieldMask { Paths = { path } } };
        var refused = await Expect.Refused(_host.Client.AmendOrderAsync(request));
        Assert.Equal((StatusCode.InvalidArgument, "UPDATE_MASK_INVALID"), (refused.Code, refused.Reason));
        Assert.Equal("UPDATE_MASK_INVALID", (await Expect.Refused(_host.Client.AmendOrderAsync(new AmendOrderRequest { Order = new Order { Name = placed.Name } }))).Reason);
        Assert.Equal(placed, await Get(placed));
    }

    [Fact]
    public async Task An_amendment_that_changes_nothing_makes_no_revision()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        Assert.Equal(placed, await _host.Client.AmendOrderAsync(new AmendOrderRequest { Order = placed }));
        Assert.Empty(_shipments.Asked);
    }

    [Fact]
    public async Task Of_two_writers_who_read_the_same_one_wins()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            try
            {
                await _host.Client.AmendOrderAsync(Amend(placed, 200 + n));
                return "won";
            }
            catch (RpcException error)
            {
                return $"{error.StatusCode} {(await Expect.Refused(() => Task.FromException(error))).Reason}";
            }
        })));
        Assert.Equal(1, outcomes.Count(outcome => outcome == "won"));
        Assert.Equal(7, outcomes.Count(outcome => outcome == "Aborted ETAG_MISMATCH"));
    }

    [Fact]
    public async Task Strictly_an_etag_must_be_given()
    {
        await using var strict = await OrderHost.Start(options: new OrderOptions { EtagRequired = true });
        var placed = await strict.Client.PlaceOrderAsync(Sample.Place(100));
        var request = Amend(placed, 5);
        request.Order.Etag = "";
        Assert.Equal("ETAG_REQUIRED", (await Expect.Refused(strict.Client.AmendOrderAsync(request))).Reason);
        request.Order.Etag = placed.Etag;
        Assert.Equal(2, (await strict.Client.AmendOrderAsync(request)).Revision);
    }

    [Fact]
    public async Task What_shipments_refuse_is_forgotten_and_its_refusal_relayed()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        _shipments.Before = _ => throw FakeShipments.Refused("SHIPMENT_DISPATCHING", StatusCode.Aborted);
        var refused = await Expect.Refused(_host.Client.AmendOrderAsync(Amend(placed, 50)));
        Assert.Equal((StatusCode.Aborted, "SHIPMENT_DISPATCHING"), (refused.Code, refused.Reason));
        Assert.Equal(placed, await Get(placed));
        Assert.Equal(0, await _host.Count("order_changes_pending"));
        _shipments.Before = _ => Task.CompletedTask;
        Assert.Equal(2, (await _host.Client.AmendOrderAsync(Amend(placed, 50))).Revision);
    }

    [Fact]
    public async Task A_revision_that_shipments_took_already_is_passed_over()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        _shipments.Before = asked => asked.Order.Revision < 4 ? throw FakeShipments.Refused("ORDER_REVISION_TAKEN", StatusCode.Aborted) : Task.CompletedTask;
        Assert.Equal(4, (await _host.Client.AmendOrderAsync(Amend(placed, 50))).Revision);
    }

    [Fact]
    public async Task Validating_only_asks_shipments_too_and_leaves_nothing()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var request = Amend(placed, 50);
        request.ValidateOnly = true;
        request.RequestId = "0197a5e0-0000-7000-8000-000000000001";
        Assert.Equal((2, 50), await Shown(request));
        Assert.True(Assert.Single(_shipments.Asked).ValidateOnly);
        _shipments.Before = _ => throw FakeShipments.Refused("QUANTITY_ALREADY_SHIPPED", StatusCode.FailedPrecondition);
        Assert.Equal("QUANTITY_ALREADY_SHIPPED", (await Expect.Refused(_host.Client.AmendOrderAsync(request))).Reason);
        Assert.Equal(placed, await Get(placed));
        Assert.Equal((1, 0, 0), (await _host.Count("outbox"), await _host.Count("requests"), await _host.Count("order_changes_pending")));
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_told_with_everything_else()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var request = Amend(placed, 0);
        request.Reason = new string('x', 1_001);
        Assert.Equal(["TEXT_TOO_LONG", "QUANTITY_NOT_POSITIVE"], (await Expect.Refused(_host.Client.AmendOrderAsync(request))).Fields);
    }

    [Fact]
    public async Task Parties_are_replaced_whole()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var order = new Order { Name = placed.Name, Parties = { Sample.Party(PartyRole.Purchaser, "New Buyer"), Sample.Party(PartyRole.UltimateConsignee, "New") } };
        var amended = await _host.Client.AmendOrderAsync(new AmendOrderRequest { Order = order });
        Assert.Equal(["New Buyer", "New"], amended.Parties.Select(party => party.Name));
        var found = await _host.Client.ListOrdersAsync(new ListOrdersRequest { Filter = "purchaser = \"New Buyer\"" });
        Assert.Equal(placed.Name, Assert.Single(found.Orders).Name);
    }

    internal static AmendOrderRequest Amend(Order placed, long quantity)
    {
        var order = new Order { Name = placed.Name, Etag = placed.Etag, Lines = { placed.Lines } };
        order.Lines[0] = new OrderLine(order.Lines[0]) { Quantity = quantity };
        return new AmendOrderRequest { Order = order };
    }

    private async Task<(long Revision, long Ordered)> Shown(AmendOrderRequest request)
    {
        var shown = await _host.Client.AmendOrderAsync(request);
        return (shown.Revision, shown.Quantities.Ordered);
    }

    private async Task<Order> Get(Order order) => await _host.Client.GetOrderAsync(new GetOrderRequest { Name = order.Name });
}
