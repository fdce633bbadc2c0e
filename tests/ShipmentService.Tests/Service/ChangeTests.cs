using Grpc.Core;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.ShipmentService.Tests.Service;

public sealed class ChangeTests : IAsyncLifetime
{
    private ShipmentsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ShipmentsHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Fifty_parallel_splits_never_ship_more_than_ordered()
    {
        var (order, shipments) = await _host.PlaceOrder(Given.Line(quantity: 100));
        var splits = Enumerable.Range(0, 50).Select(
            _ => Outcome(() => _host.Caller.SplitShipmentAsync(SplitOf(shipments[0], 3)).ResponseAsync));
        var outcomes = await Task.WhenAll(splits);
        Assert.Equal(33, outcomes.Count(outcome => outcome == "OK"));
        Assert.Equal(17, outcomes.Count(outcome => outcome == "SPLIT_QUANTITY_TOO_LARGE"));
        var parts = await _host.ShipmentsOf(order, 34);
        Assert.Equal((34, 100L), (parts.Count, parts.Sum(part => part.Quantity)));
        Assert.Equal(34, (await _host.Sent<ShipmentPlanned>()).Count);
        Assert.Equal(33, (await _host.Sent<ShipmentRevised>()).Count(revised => revised.Change == "SPLIT"));
    }

    [Fact]
    public async Task A_repeated_split_splits_once_and_is_answered_alike()
    {
        var shipment = (await _host.PlaceOrder()).Shipments[0];
        var request = SplitOf(shipment, 10);
        request.RequestId = Shop.Id();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _host.Caller.SplitShipmentAsync(request).ResponseAsync));
        Assert.Single(answers.Distinct());
        Assert.Equal(90, (await _host.Get(shipment.Name)).Quantity);
        var reused = await Calls.Refused(
            () => _host.Caller.SplitShipmentAsync(new Api.SplitShipmentRequest(request) { Quantity = 11 }).ResponseAsync);
        Assert.Equal("REQUEST_ID_REUSED", reused.Reason);
    }

    [Fact]
    public async Task Of_two_writers_from_one_read_one_wins()
    {
        var shipment = (await _host.PlaceOrder()).Shipments[0];
        var calls = Enumerable.Range(0, 2).Select(_ =>
        {
            var request = SplitOf(shipment, 10);
            request.Etag = shipment.Etag;
            return Outcome(() => _host.Caller.SplitShipmentAsync(request).ResponseAsync);
        });
        Assert.Equal(["ETAG_MISMATCH", "OK"], (await Task.WhenAll(calls)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_change_of_a_date_keeps_old_value_reason_and_source()
    {
        var ready = await _host.ReadyShipment();
        var moved = await _host.Caller.RescheduleShipmentAsync(new Api.RescheduleShipmentRequest
        {
            Name = ready.Name,
            PlannedShipDate = WireDate.Of(Given.ShipDate.AddDays(7)),
            PromisedDeliveryDate = WireDate.Of(Given.ShipDate.AddDays(14)),
            Reason = "factory is late",
            Source = "plant 7",
        });
        Assert.Equal((State.Planned, 2L), (moved.State, moved.Revision));
        var estimated = await _host.Caller.RescheduleShipmentAsync(new Api.RescheduleShipmentRequest
        {
            Name = ready.Name,
            EstimatedDeliveryDate = WireDate.Of(Given.ShipDate.AddDays(15)),
            Reason = "carrier says so",
        });
        Assert.Equal(2, estimated.Revision);
        Assert.Equal(
            [
                (Api.DateChange.Types.Kind.PlannedShip, WireDate.Of(Given.ShipDate), WireDate.Of(Given.ShipDate.AddDays(7)), "factory is late", "plant 7"),
                (Api.DateChange.Types.Kind.PromisedDelivery, null!, WireDate.Of(Given.ShipDate.AddDays(14)), "factory is late", "plant 7"),
                (Api.DateChange.Types.Kind.EstimatedDelivery, null!, WireDate.Of(Given.ShipDate.AddDays(15)), "carrier says so", "erp"),
            ],
            estimated.DateHistory.Select(change => (change.Kind, change.OldDate, change.NewDate, change.Reason, change.Source)));
        Assert.Equal([2L, 2L], (await _host.Sent<ShipmentRevised>()).Select(revised => revised.Shipment.Revision));
    }

    [Fact]
    public async Task A_planned_ship_date_before_today_at_the_place_of_export_is_refused()
    {
        var shipment = (await _host.PlaceOrder()).Shipments[0];
        // 2025-03-02 06:00 UTC is still the first of March in Los Angeles.
        _host.Clock.Advance(TimeSpan.FromHours(10));
        var today = new Api.RescheduleShipmentRequest { Name = shipment.Name, PlannedShipDate = WireDate.Of(new DateOnly(2025, 3, 1)), Reason = "today" };
        await _host.Caller.RescheduleShipmentAsync(today);
        _host.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("SHIP_DATE_IN_PAST", (await Calls.Refused(() => _host.Caller.RescheduleShipmentAsync(today).ResponseAsync)).Reason);
        var split = SplitOf(shipment, 1);
        split.PlannedShipDate = today.PlannedShipDate;
        var refused = await Calls.Refused(() => _host.Caller.SplitShipmentAsync(split).ResponseAsync);
        Assert.Equal((StatusCode.InvalidArgument, "planned_ship_date"), (refused.Code, Assert.Single(refused.Fields).Field));
    }

    [Fact]
    public async Task A_cancelled_shipment_is_cancelled_for_good_and_told()
    {
        var ready = await _host.ReadyShipment();
        var request = new Api.CancelShipmentRequest { Name = ready.Name, Reason = "not wanted", RequestId = Shop.Id() };
        Assert.Equal(State.Cancelled, (await _host.Caller.CancelShipmentAsync(request)).State);
        Assert.Equal(State.Cancelled, (await _host.Caller.CancelShipmentAsync(request)).State);
        request.RequestId = Shop.Id();
        Assert.Equal("SHIPMENT_CANCELLED", (await Calls.Refused(() => _host.Caller.CancelShipmentAsync(request).ResponseAsync)).Reason);
        Assert.Equal("not wanted", Assert.Single(await _host.Sent<ShipmentCancelled>()).Reason);
    }

    [Fact]
    public async Task A_returned_shipment_is_told_with_its_permit()
    {
        var dispatched = await _host.DispatchedShipment();
        var returned = await _host.Caller.ReturnShipmentAsync(
            new Api.ReturnShipmentRequest { Name = dispatched.Name, Reason = "refused by the consignee" });
        Assert.Equal(State.Returned, returned.State);
        Assert.Equal(dispatched.Permit, $"permits/{Assert.Single(await _host.Sent<ShipmentReturned>()).Shipment.PermitId}");
    }

    [Fact]
    public async Task A_check_of_any_change_answers_like_the_change_and_leaves_no_trace()
    {
        var ready = await _host.ReadyShipment();
        var dispatched = await _host.DispatchedShipment();
        var before = await _host.Rows();
        var split = SplitOf(ready, 10);
        split.ValidateOnly = true;
        split.RequestId = Shop.Id();
        Assert.Equal(90, (await _host.Caller.SplitShipmentAsync(split)).Shipment.Quantity);
        Assert.Equal("SPLIT_QUANTITY_TOO_LARGE", await Outcome(
            () => _host.Caller.SplitShipmentAsync(new Api.SplitShipmentRequest(split) { Quantity = 100 }).ResponseAsync));
        await _host.Caller.RescheduleShipmentAsync(new Api.RescheduleShipmentRequest
        {
            Name = ready.Name,
            PlannedShipDate = WireDate.Of(Given.ShipDate.AddDays(1)),
            Reason = "why",
            ValidateOnly = true,
        });
        await _host.Caller.CancelShipmentAsync(new Api.CancelShipmentRequest { Name = ready.Name, Reason = "why", ValidateOnly = true });
        await _host.Caller.RecordMilestoneAsync(
            MilestoneTests.Request(dispatched, Api.Milestone.Types.Kind.Departed, Given.Now, validateOnly: true));
        await _host.Caller.ReturnShipmentAsync(
            new Api.ReturnShipmentRequest { Name = dispatched.Name, Reason = "why", ValidateOnly = true });
        Assert.Equal(before, await _host.Rows());
        Assert.Equal((ready, dispatched), (await _host.Get(ready.Name), await _host.Get(dispatched.Name)));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_request_is_said_at_once()
    {
        var refused = await Calls.Refused(() => _host.Caller.RescheduleShipmentAsync(
            new Api.RescheduleShipmentRequest { Name = "shipment/1", Source = new string('x', 201) }).ResponseAsync);
        Assert.Equal("SEVERAL_FIELDS_INVALID", refused.Reason);
        Assert.Equal(
            [("name", "NAME_INVALID"), ("planned_ship_date", "DATES_MISSING"), ("reason", "TEXT_MISSING"), ("source", "TEXT_TOO_LONG")],
            refused.Fields.Select(field => (field.Field, field.Reason)));
        var dispatch = await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(
            new Api.DispatchShipmentRequest { Name = $"shipments/{Shop.Id()}", Carrier = new string('x', 101) }).ResponseAsync);
        Assert.Equal([("carrier", "TEXT_TOO_LONG"), ("tracking_number", "TEXT_MISSING")], dispatch.Fields.Select(
            field => (field.Field, field.Reason)));
    }

    [Fact]
    public async Task A_shipment_nobody_has_is_not_found()
    {
        var name = $"shipments/{Shop.Id()}";
        Assert.Equal((StatusCode.NotFound, "SHIPMENT_NOT_FOUND"), await Code(() => _host.Get(name)));
        Assert.Equal((StatusCode.NotFound, "SHIPMENT_NOT_FOUND"), await Code(() => _host.Caller.DispatchShipmentAsync(
            new Api.DispatchShipmentRequest { Name = name, Carrier = "DHL", TrackingNumber = "1" }).ResponseAsync));
        Assert.Equal((StatusCode.InvalidArgument, "NAME_INVALID"), await Code(() => _host.Get(name.ToUpperInvariant())));
    }

    [Fact]
    public async Task Roles_that_only_read_change_nothing()
    {
        var ready = await _host.ReadyShipment();
        var auditor = _host.ClientOf("auditor", "auditor", "operator", "counsel");
        await auditor.GetShipmentAsync(new Api.GetShipmentRequest { Name = ready.Name });
        Assert.Equal(
            "ROLE_NOT_ALLOWED", (await Calls.Refused(() => auditor.DispatchShipmentAsync(Shop.DispatchOf(ready)).ResponseAsync)).Reason);
        Assert.Equal("ROLE_NOT_ALLOWED", (await Calls.Refused(() => auditor.SplitShipmentAsync(SplitOf(ready, 1)).ResponseAsync)).Reason);
        Assert.Equal("ROLE_NOT_ALLOWED", (await Calls.Refused(
            () => _host.Caller.TakeOrderChangeAsync(new Api.TakeOrderChangeRequest()).ResponseAsync)).Reason);
    }

    internal static Api.SplitShipmentRequest SplitOf(
        Api.Shipment shipment, long quantity) => new() { Name = shipment.Name, Quantity = quantity, Reason = "two trucks" };

    internal static async Task<string> Outcome(Func<Task> call)
    {
        try
        {
            await call();
            return "OK";
        }
        catch (RpcException error)
        {
            return error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason;
        }
    }

    private static async Task<(StatusCode Code, string Reason)> Code(Func<Task> call)
    {
        var refused = await Calls.Refused(call);
        return (refused.Code, refused.Reason);
    }
}
