using Grpc.Core;
using OrderTracking.Contracts.Orders;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.ShipmentService.Tests.Service;

public sealed class OrderChangeTests : IAsyncLifetime
{
    private ShipmentsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ShipmentsHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_placed_order_is_planned_once_however_often_its_event_comes()
    {
        var (order, shipments) = await _host.PlaceOrder(Given.Line(1), Given.Line(2, 5));
        Assert.Equal([(1, 100L, State.Planned), (2, 5L, State.Planned)], shipments.Select(
            shipment => (shipment.LineNumber, shipment.Quantity, shipment.State)));
        for (var copy = 0; copy < 3; copy++)
        {
            var id = Guid.CreateVersion7();
            await _host.Publish(id, new OrderPlaced(id, Given.Now, "erp", order));
        }

        await ShipmentsHost.Eventually(() => _host.Count("inbox"), count => count == 4);
        Assert.Equal(2, await _host.Count("shipments"));
        Assert.Equal(2, (await _host.Sent<ShipmentPlanned>()).Count);
    }

    [Fact]
    public async Task A_change_is_taken_once_a_revision_and_its_event_changes_nothing_more()
    {
        var (order, shipments) = await _host.PlaceOrder();
        var amended = order with { Revision = 2, Lines = [Given.Line(quantity: 150, shipDate: Given.ShipDate.AddDays(7))] };
        for (var copy = 0; copy < 3; copy++)
            Assert.Equal(2, (await _host.Orders.TakeOrderChangeAsync(Shop.Change(amended))).OrderRevision);
        var id = Guid.CreateVersion7();
        await _host.Publish(id, new OrderAmended(id, Given.Now, "erp", "more", amended));
        await ShipmentsHost.Eventually(() => _host.Count("inbox"), count => count == 2);
        var after = await _host.ShipmentsOf(order, 2);
        Assert.Equal([(100L, 2L), (50L, 1L)], after.Select(shipment => (shipment.Quantity, shipment.Revision)));
        Assert.All(after, shipment => Assert.Equal(WireDate.Of(Given.ShipDate.AddDays(7)), shipment.PlannedShipDate));
        var history = (await _host.Get(shipments[0].Name)).DateHistory;
        Assert.Equal([("the buyer asked", "erp"), ("the buyer asked", "erp")], history.Select(change => (change.Reason, change.Source)));
    }

    [Fact]
    public async Task Another_content_under_a_revision_that_was_taken_is_refused()
    {
        var (order, _) = await _host.PlaceOrder();
        await _host.Orders.TakeOrderChangeAsync(Shop.Change(order with { Revision = 3, Lines = [Given.Line(quantity: 50)] }));
        Assert.Equal("ORDER_REVISION_TAKEN", await Outcome(Shop.Change(order with { Revision = 3, Lines = [Given.Line(quantity: 51)] })));
        Assert.Equal("ORDER_REVISION_TAKEN", await Outcome(Shop.Change(order with { Revision = 3 }, cancel: true)));
        Assert.Equal("ORDER_REVISION_SUPERSEDED", await Outcome(Shop.Change(order with { Revision = 2 })));
    }

    [Fact]
    public async Task A_change_is_refused_whole_while_a_shipment_it_would_change_is_being_dispatched()
    {
        var (order, shipments) = await _host.PlaceOrder(Given.Line(1), Given.Line(2));
        var ready = await _host.Screen(shipments[0], "READY");
        _host.Compliance.Fail(StatusCode.Unavailable);
        await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready)).ResponseAsync);
        var refused = await Calls.Refused(
            () => _host.Orders.TakeOrderChangeAsync(Shop.Change(order with { Revision = 2, DestinationCountry = "CN" })).ResponseAsync);
        Assert.Equal((StatusCode.Aborted, "SHIPMENT_DISPATCHING"), (refused.Code, refused.Reason));
        Assert.True(refused.HasRetryInfo);
        Assert.Equal("SHIPMENT_DISPATCHING", await Outcome(Shop.Change(order with { Revision = 2 }, cancel: true)));
        Assert.Equal(shipments[1], await _host.Get(shipments[1].Name));
        await _host.Orders.TakeOrderChangeAsync(Shop.Change(order with { Revision = 2, Lines = [Given.Line(1), Given.Line(2, 30)] }));
        Assert.Equal(30, (await _host.Get(shipments[1].Name)).Quantity);
        _host.Compliance.Grant();
        await ShipmentsHost.Eventually(() => _host.Get(ready.Name), shipment => shipment.State == State.Dispatched);
        Assert.All(_host.Compliance.Questions, question => Assert.Equal("SG", question.Facts.DestinationCountry));
    }

    [Fact]
    public async Task An_order_never_seen_is_taken_and_its_placing_comes_too_late()
    {
        var order = Given.Order(Guid.CreateVersion7(), 1, Given.Line());
        await _host.Orders.TakeOrderChangeAsync(Shop.Change(order with { Revision = 2, Lines = [Given.Line(quantity: 60)] }));
        var cancelled = Given.Order(Guid.CreateVersion7(), 1, Given.Line());
        await _host.Orders.TakeOrderChangeAsync(Shop.Change(cancelled with { Revision = 2 }, cancel: true));
        foreach (var late in (OrderSnapshot[])[order, cancelled])
        {
            var id = Guid.CreateVersion7();
            await _host.Publish(id, new OrderPlaced(id, Given.Now, "erp", late));
        }

        await ShipmentsHost.Eventually(() => _host.Count("inbox"), count => count == 2);
        Assert.Equal(60, Assert.Single(await _host.ShipmentsOf(order, 1)).Quantity);
        Assert.Equal(1, await _host.Count("shipments"));
    }

    [Fact]
    public async Task Events_in_any_order_end_alike()
    {
        var order = Given.Order(Guid.CreateVersion7(), 1, Given.Line());
        var amended = order with { Revision = 2, Lines = [Given.Line(quantity: 40), Given.Line(2, 7)] };
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _host.Publish(first, new OrderAmended(first, Given.Now, "erp", null, amended));
        await _host.ShipmentsOf(order, 2);
        await _host.Publish(second, new OrderPlaced(second, Given.Now, "erp", order));
        await ShipmentsHost.Eventually(() => _host.Count("inbox"), count => count == 2);
        Assert.Equal([40L, 7L], (await _host.ShipmentsOf(order, 2)).Select(shipment => shipment.Quantity));
        var third = Guid.CreateVersion7();
        await _host.Publish(third, new OrderCancelled(third, Given.Now, "erp", "", order.OrderId, 3));
        await ShipmentsHost.Eventually(
            () => _host.ShipmentsOf(order, 2), shipments => shipments.All(shipment => shipment.State == State.Cancelled));
        Assert.All(await _host.Sent<ShipmentCancelled>(), sent => Assert.NotEqual("", sent.Reason));
    }

    [Fact]
    public async Task A_cancellation_takes_what_is_left_and_is_refused_when_nothing_is()
    {
        var (order, shipments) = await _host.PlaceOrder(Given.Line(1), Given.Line(2));
        _host.Compliance.Grant();
        await _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(await _host.Screen(shipments[0], "READY")));
        await _host.Orders.TakeOrderChangeAsync(Shop.Change(order with { Revision = 2 }, cancel: true));
        Assert.Equal([State.Dispatched, State.Cancelled], (await _host.ShipmentsOf(order, 2)).Select(shipment => shipment.State));
        var refused = await Calls.Refused(
            () => _host.Orders.TakeOrderChangeAsync(Shop.Change(order with { Revision = 3 }, cancel: true)).ResponseAsync);
        Assert.Equal((StatusCode.FailedPrecondition, "NOTHING_LEFT_TO_CANCEL"), (refused.Code, refused.Reason));
    }

    [Fact]
    public async Task A_line_below_what_has_left_is_refused()
    {
        var (order, shipments) = await _host.PlaceOrder();
        _host.Compliance.Grant();
        await _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(await _host.Screen(shipments[0], "READY")));
        Assert.Equal(
            "QUANTITY_ALREADY_SHIPPED", await Outcome(Shop.Change(order with { Revision = 2, Lines = [Given.Line(quantity: 99)] })));
    }

    [Fact]
    public async Task A_check_of_a_change_changes_nothing()
    {
        var (order, shipments) = await _host.PlaceOrder();
        var check = Shop.Change(order with { Revision = 2, Lines = [Given.Line(quantity: 1)] });
        check.ValidateOnly = true;
        await _host.Orders.TakeOrderChangeAsync(check);
        Assert.Equal(shipments[0], await _host.Get(shipments[0].Name));
        await _host.Orders.TakeOrderChangeAsync(Shop.Change(order with { Revision = 2, Lines = [Given.Line(quantity: 2)] }));
    }

    [Fact]
    public async Task A_split_or_a_change_that_would_pass_the_limit_of_shipments_is_refused()
    {
        var lines = Enumerable.Range(1, ShipmentLimits.ShipmentsPerOrderMax).Select(number => Given.Line(number, 2)).ToArray();
        var order = Given.Order(Guid.CreateVersion7(), 1, lines);
        await _host.Orders.TakeOrderChangeAsync(Shop.Change(order));
        var shipment = (await _host.Caller.ListShipmentsAsync(new Api.ListShipmentsRequest { PageSize = 1 })).Shipments[0];
        Assert.Equal("SHIPMENTS_TOO_MANY", await ChangeTests.Outcome(
            () => _host.Caller.SplitShipmentAsync(ChangeTests.SplitOf(shipment, 1)).ResponseAsync));
        Assert.Equal("SHIPMENTS_TOO_MANY", await Outcome(
            Shop.Change(order with { Revision = 2, Lines = [.. lines, Given.Line(lines.Length + 1)] })));
    }

    [Fact]
    public async Task An_order_that_cannot_be_read_is_refused_with_every_field()
    {
        Assert.Equal("ORDER_MISSING", await Outcome(new Api.TakeOrderChangeRequest()));
        var order = Shop.Message(Given.Order(Guid.CreateVersion7(), 0, Given.Line(1), Given.Line(1)));
        order.Exporter = "nvidia";
        var refused = await Calls.Refused(
            () => _host.Orders.TakeOrderChangeAsync(new Api.TakeOrderChangeRequest { Order = order }).ResponseAsync);
        Assert.Equal(
            ["ORDER_REVISION_INVALID", "EXPORTER_INVALID", "ORDER_LINE_NUMBER_INVALID"], refused.Fields.Select(field => field.Reason));
        order.Lines.Clear();
        Assert.Contains("ORDER_LINES_MISSING", (await Calls.Refused(() => _host.Orders.TakeOrderChangeAsync(
            new Api.TakeOrderChangeRequest { Order = order }).ResponseAsync)).Fields.Select(field => field.Reason));
    }

    private Task<string> Outcome(
        Api.TakeOrderChangeRequest request) => ChangeTests.Outcome(() => _host.Orders.TakeOrderChangeAsync(request).ResponseAsync);
}
