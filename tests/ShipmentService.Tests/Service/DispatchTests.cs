using Grpc.Core;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Shipments;
using Api = OrderTracking.Shipments.V1;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.ShipmentService.Tests.Service;

public sealed class DispatchTests : IAsyncLifetime
{
    private ShipmentsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ShipmentsHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task With_a_permit_a_ready_shipment_is_dispatched_and_the_question_carries_its_facts()
    {
        var ready = await _host.ReadyShipment(7);
        _host.Compliance.Grant();
        var dispatched = await _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready));
        Assert.Equal((State.Dispatched, "DHL", "T-1"), (dispatched.State, dispatched.Carrier, dispatched.TrackingNumber));
        var (question, permit) = (Assert.Single(_host.Compliance.Questions), Assert.Single(_host.Compliance.Permits.Values));
        Assert.Equal(permit.Name, dispatched.Permit);
        Assert.Equal((ready.Name, ready.Revision, ready.Order, 7L), (question.Shipment, question.ShipmentRevision, question.Order, question.Facts.Quantity));
        Assert.Equal(ready.Parties, question.Facts.Parties);
        Assert.Equal(ready.PlannedShipDate, question.Facts.ShipDate);
        var sent = Assert.Single(await _host.Sent<ShipmentDispatched>());
        Assert.Equal(("DISPATCHED", "erp"), (sent.Shipment.State, sent.Actor));
    }

    [Fact]
    public async Task The_same_request_id_gets_the_same_answer_and_asks_nobody_again()
    {
        var ready = await _host.ReadyShipment();
        _host.Compliance.Grant();
        var request = Shop.DispatchOf(ready);
        var first = await _host.Caller.DispatchShipmentAsync(request);
        Assert.Equal(first, await _host.Caller.DispatchShipmentAsync(request));
        Assert.Single(_host.Compliance.Questions);
        var reused = await Calls.Refused(
            () => _host.Caller.DispatchShipmentAsync(new Api.DispatchShipmentRequest(request) { Carrier = "UPS" }).ResponseAsync);
        Assert.Equal("REQUEST_ID_REUSED", reused.Reason);
        var other = await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready)).ResponseAsync);
        Assert.Equal((StatusCode.FailedPrecondition, "SHIPMENT_ALREADY_DISPATCHED"), (other.Code, other.Reason));
    }

    [Fact]
    public async Task Parallel_dispatches_of_one_shipment_have_one_effect()
    {
        var ready = await _host.ReadyShipment();
        var gate = new TaskCompletionSource();
        _host.Compliance.Grant();
        var grant = _host.Compliance.Answer;
        _host.Compliance.Answer = async (request, context) =>
        {
            await gate.Task;
            return await grant(request, context);
        };
        var calls = Enumerable.Range(0, 20).Select(_ => Outcome(Shop.DispatchOf(ready))).ToList();
        await ShipmentsHost.Eventually(() => Task.FromResult(calls.Count(call => call.IsCompleted)), ended => ended == 19);
        gate.SetResult();
        var outcomes = await Task.WhenAll(calls);
        Assert.Single(outcomes, outcome => outcome == "OK");
        Assert.Equal(19, outcomes.Count(outcome => outcome == "SHIPMENT_DISPATCHING"));
        Assert.Single(_host.Compliance.Permits);
        Assert.Single(_host.Compliance.Questions.Select(question => question.RequestId).Distinct());
        Assert.Single(await _host.Sent<ShipmentDispatched>());
    }

    [Fact]
    public async Task A_legal_refusal_has_one_violation_a_rule_and_holds_the_shipment()
    {
        var ready = await _host.ReadyShipment();
        _host.Compliance.Refuse("BLOCKED", 2, "US-3A090-A", "US-IS-LETTER");
        var request = Shop.DispatchOf(ready);
        var refused = await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(request).ResponseAsync);
        Assert.Equal((StatusCode.FailedPrecondition, "DISPATCH_REFUSED"), (refused.Code, refused.Reason));
        Assert.Equal(["US-3A090-A", "US-IS-LETTER"], refused.Preconditions.Select(violation => violation.Subject));
        var blocked = await _host.Get(ready.Name);
        Assert.Equal(State.Blocked, blocked.State);
        Assert.Equal(["US-3A090-A", "US-IS-LETTER"], blocked.Reasons);
        Assert.Equal(refused.Info.Metadata["decision"], blocked.Decision);
        var again = await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(request).ResponseAsync);
        Assert.Equal(refused.Status, again.Status);
        Assert.Single(_host.Compliance.Questions);
        Assert.Empty(await _host.Sent<ShipmentDispatched>());
    }

    [Fact]
    public async Task A_refused_try_may_be_repeated_under_its_request_id_once_it_is_settled()
    {
        var ready = await _host.ReadyShipment();
        var request = Shop.DispatchOf(ready);
        _host.Compliance.Refuse("HELD", 2, "US-3A090-A");
        await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(request).ResponseAsync);
        Assert.Equal(State.Ready, (await _host.Screen(await _host.Get(ready.Name), "READY", number: 3)).State);
        _host.Compliance.Grant();
        Assert.Equal(State.Dispatched, (await _host.Caller.DispatchShipmentAsync(request)).State);
        Assert.Equal(2, _host.Compliance.Questions.Select(question => question.RequestId).Distinct().Count());
    }

    [Theory]
    [InlineData("PLANNED")]
    [InlineData("HELD")]
    [InlineData("BLOCKED")]
    public async Task What_is_not_ready_is_refused_without_asking_compliance(string state)
    {
        var shipment = (await _host.PlaceOrder()).Shipments[0];
        if (state != "PLANNED")
            shipment = await _host.Screen(shipment, state, reasons: "US-3A090-A");
        var refused = await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(shipment)).ResponseAsync);
        Assert.Equal((StatusCode.FailedPrecondition, "SHIPMENT_NOT_READY"), (refused.Code, refused.Reason));
        Assert.Equal(state == "PLANNED" ? shipment.Name : "US-3A090-A", Assert.Single(refused.Preconditions).Subject);
        Assert.Empty(_host.Compliance.Questions);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.Aborted)]
    public async Task Without_an_answer_nothing_leaves_and_the_same_request_id_learns_the_end(StatusCode code)
    {
        var ready = await _host.ReadyShipment();
        _host.Compliance.Fail(code);
        var request = Shop.DispatchOf(ready);
        var refused = await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(request).ResponseAsync);
        Assert.Equal((StatusCode.Unavailable, "COMPLIANCE_UNREACHABLE"), (refused.Code, refused.Reason));
        Assert.True(refused.HasRetryInfo);
        Assert.Equal(State.Dispatching, (await _host.Get(ready.Name)).State);
        Assert.Empty(await _host.Sent<ShipmentDispatched>());
        _host.Compliance.Grant();
        await ShipmentsHost.Eventually(() => _host.Get(ready.Name), shipment => shipment.State == State.Dispatched);
        Assert.Equal(State.Dispatched, (await _host.Caller.DispatchShipmentAsync(request)).State);
        Assert.Single(_host.Compliance.Questions.Select(question => question.RequestId).Distinct());
        Assert.Single(await _host.Sent<ShipmentDispatched>());
    }

    [Fact]
    public async Task A_permit_granted_too_late_for_the_answer_is_the_one_that_counts()
    {
        var ready = await _host.ReadyShipment();
        var slow = true;
        _host.Compliance.Answer = async (request, context) =>
        {
            var permit = _host.Compliance.Permits.GetOrAdd(request.RequestId, _ => FakeCompliance.PermitFor(request));
            if (slow)
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return permit;
        };
        var refused = await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready)).ResponseAsync);
        Assert.Equal("COMPLIANCE_UNREACHABLE", refused.Reason);
        slow = false;
        var dispatched = await ShipmentsHost.Eventually(() => _host.Get(ready.Name), shipment => shipment.State == State.Dispatched);
        Assert.Equal(Assert.Single(_host.Compliance.Permits.Values).Name, dispatched.Permit);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_stop_the_dispatch()
    {
        var ready = await _host.ReadyShipment();
        var gate = new TaskCompletionSource();
        _host.Compliance.Answer = async (request, _) =>
        {
            await gate.Task;
            return FakeCompliance.PermitFor(request);
        };
        using var patience = new CancellationTokenSource();
        var call = _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready), cancellationToken: patience.Token).ResponseAsync;
        await ShipmentsHost.Eventually(() => Task.FromResult(_host.Compliance.Questions.Count), count => count == 1);
        await patience.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => call);
        gate.SetResult();
        await ShipmentsHost.Eventually(() => _host.Get(ready.Name), shipment => shipment.State == State.Dispatched);
        Assert.Single(_host.Compliance.Questions);
    }

    [Theory]
    [InlineData("FACTS_SUPERSEDED", StatusCode.Aborted)]
    [InlineData("SHIPMENT_UNKNOWN", StatusCode.NotFound)]
    [InlineData("FACT_OUT_OF_RANGE", StatusCode.InvalidArgument)]
    public async Task A_question_compliance_cannot_decide_ends_the_attempt(string reason, StatusCode code)
    {
        var ready = await _host.ReadyShipment();
        _host.Compliance.FailWithReason(reason, code);
        var refused = await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready)).ResponseAsync);
        Assert.Equal((StatusCode.Aborted, "DISPATCH_NOT_DECIDED", reason), (refused.Code, refused.Reason, refused.Info.Metadata["compliance_reason"]));
        Assert.Equal(State.Ready, (await _host.Get(ready.Name)).State);
    }

    [Fact]
    public async Task A_dispatch_cut_off_by_a_restart_is_resumed_at_start()
    {
        var ready = await _host.ReadyShipment();
        _host.Compliance.Fail(StatusCode.Unavailable);
        var request = Shop.DispatchOf(ready);
        await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(request).ResponseAsync);
        await _host.StopProcess();
        _host.Compliance.Grant();
        await _host.Begin();
        await ShipmentsHost.Eventually(() => _host.Get(ready.Name), shipment => shipment.State == State.Dispatched);
        Assert.Equal(State.Dispatched, (await _host.Caller.DispatchShipmentAsync(request)).State);
        Assert.Single(_host.Compliance.Questions.Select(question => question.RequestId).Distinct());
    }

    [Fact]
    public async Task A_check_asks_compliance_to_check_and_leaves_no_trace()
    {
        var ready = await _host.ReadyShipment();
        var rows = await _host.Rows();
        var check = new Api.DispatchShipmentRequest(Shop.DispatchOf(ready)) { ValidateOnly = true };
        Assert.Equal(State.Dispatched, (await _host.Caller.DispatchShipmentAsync(check)).State);
        _host.Compliance.Refuse("HELD", 2, "US-3A090-A");
        Assert.Equal("DISPATCH_REFUSED", (await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(check).ResponseAsync)).Reason);
        _host.Compliance.Fail(StatusCode.Unavailable);
        Assert.Equal("COMPLIANCE_UNREACHABLE", (await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(check).ResponseAsync)).Reason);
        Assert.All(_host.Compliance.Questions, question => Assert.True(question.ValidateOnly));
        Assert.Equal(ready, await _host.Get(ready.Name));
        Assert.Equal(rows, await _host.Rows());
    }

    [Fact]
    public async Task A_revoked_permit_recalls_a_dispatched_shipment_once()
    {
        var dispatched = await _host.DispatchedShipment();
        var revoked = Revocation(dispatched, dispatched.Permit);
        await _host.Publish(revoked.EventId, revoked);
        await ShipmentsHost.Eventually(() => _host.Get(dispatched.Name), shipment => shipment.State == State.Recalled);
        var again = revoked with { EventId = Guid.CreateVersion7() };
        await _host.Publish(again.EventId, again);
        await ShipmentsHost.Eventually(() => _host.Count("inbox"), count => count == 4);
        Assert.Equal("RECALLED", Assert.Single(await _host.Sent<ShipmentRevised>()).Change);
    }

    [Fact]
    public async Task A_permit_revoked_before_its_grant_is_known_recalls_at_once()
    {
        var ready = await _host.ReadyShipment();
        _host.Compliance.Answer = async (request, _) =>
        {
            var permit = FakeCompliance.PermitFor(request);
            var revoked = Revocation(ready, permit.Name);
            await _host.Publish(revoked.EventId, revoked);
            await ShipmentsHost.Eventually(() => _host.Count("revoked_permits"), count => count == 1);
            return permit;
        };
        Assert.Equal(State.Recalled, (await _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready))).State);
        Assert.Equal("DISPATCHED", Assert.Single(await _host.Sent<ShipmentDispatched>()).Shipment.State);
        Assert.Equal("RECALLED", Assert.Single(await _host.Sent<ShipmentRevised>()).Shipment.State);
    }

    private static PermitRevoked Revocation(Api.Shipment shipment, string permit) => new(
        Guid.CreateVersion7(),
        Given.Now,
        "compliance",
        Guid.Parse(permit["permits/".Length..]),
        Guid.Parse(shipment.Uid),
        Guid.Parse(shipment.Order["orders/".Length..]),
        "amended");

    private async Task<string> Outcome(Api.DispatchShipmentRequest request)
    {
        try
        {
            await _host.Caller.DispatchShipmentAsync(request);
            return "OK";
        }
        catch (RpcException error)
        {
            return error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason;
        }
    }
}
