using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Leasing;
using OrderTracking.ShipmentService.Changes;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>Freezes a shipment's facts, asks compliance for the permit and, with it, dispatches. No permit, no dispatch.</summary>
internal sealed class DispatchShipment(
    ShipmentsDb db, SaveShipment save, AskCompliance compliance, FinishDispatch finish, TimeProvider clock)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(3);

    public async Task<Api.Shipment> Handle(Api.DispatchShipmentRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        var id = ChangeShipment.ParseName(request.Name, violations);
        WireText.Parse(request.Carrier, "carrier", ShipmentLimits.CarrierCharactersMax, violations);
        WireText.Parse(request.TrackingNumber, "tracking_number", ShipmentLimits.TrackingNumberCharactersMax, violations);
        violations.ThrowIfAny();
        var (attempt, shipment, lease) = await db.Write(tx => Begin(tx, id, request, context), context.CancellationToken, request.ValidateOnly);
        if (attempt.State == AttemptState.Open && request.ValidateOnly)
            return await Check(shipment, attempt, context.CancellationToken);
        if (attempt.State == AttemptState.Open)
            attempt = await (lease is null ? finish.Run(attempt) : finish.Begin(attempt, shipment, lease)).WaitAsync(context.CancellationToken);
        return AnswerOf(attempt);
    }

    private async Task<(DispatchAttempt Attempt, Shipment Shipment, Lease? Lease)> Begin(
        Tx tx, Guid id, Api.DispatchShipmentRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        var stamp = new Stamp(clock.GetUtcNow(), actor.Subject);
        // Kept for the content: who repeats a request_id gets the attempt, not this empty answer.
        await Requests.Once(tx, context.Method, request.RequestId, actor, request, stamp.Now, () => Task.FromResult(new Empty()));
        var shipment = await ShipmentStore.Require(tx, id);
        var requestId = request.RequestId.Length == 0 ? (Guid?)null : Guid.ParseExact(request.RequestId, "D");
        var last = requestId is { } given ? await DispatchStore.LastOfRequest(tx, given) : null;
        // A refused try may be repeated under its own request_id once what held it is settled; until then it is answered alike.
        if (last is not null && (last.State != AttemptState.Refused || shipment.State != ShipmentState.Ready))
            return (last, shipment, null);
        Etag.Require(request.Etag, shipment.Sequence, strict: false);
        var attempt = new DispatchAttempt(
            Guid.CreateVersion7(stamp.Now),
            id,
            requestId?.ToString("D") ?? "",
            actor.Subject,
            request.Carrier.Trim(),
            request.TrackingNumber.Trim(),
            AttemptState.Open,
            Activity.Current?.Id,
            stamp.Now,
            Answer: null,
            Refusal: null);
        var step = DispatchRules.Begin(shipment, attempt.Id, stamp);
        await save.Run(tx, [step]);
        await DispatchStore.Open(tx, attempt);
        return (attempt, step.After, await db.Leases.TryTake(tx, DispatchStore.LeaseOf(attempt.Id)));
    }

    private async Task<Api.Shipment> Check(Shipment shipment, DispatchAttempt attempt, CancellationToken cancellation) =>
        await compliance.Ask(shipment, attempt.Id, validateOnly: true, cancellation) switch
        {
            PermitAnswer.Granted => ShipmentMapping.Of(shipment with
            {
                State = ShipmentState.Dispatched,
                Carrier = attempt.Carrier,
                TrackingNumber = attempt.TrackingNumber,
            }),
            PermitAnswer.Refused refused => throw refused.Refusal.ToRefusal(),
            PermitAnswer.NotDecided undecided => throw undecided.Refusal.ToRefusal(),
            _ => throw Unreachable("Nothing was changed; repeat the check."),
        };

    private static Api.Shipment AnswerOf(DispatchAttempt attempt) => attempt switch
    {
        { State: AttemptState.Granted } => Api.Shipment.Parser.ParseFrom(attempt.Answer),
        { Refusal: { } refusal } => throw refusal.ToRefusal(),
        _ => throw Unreachable("The dispatch goes on; repeat the call with the same request_id to learn how it ended."),
    };

    private static Refusal Unreachable(string what) =>
        new(ShipmentReasons.ComplianceUnreachable, $"Compliance did not answer, and nothing leaves without a permit. {what}")
        {
            RetryDelay = RetryAfter,
        };
}
