using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Milestones;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>How a shipment gets into DISPATCHING and out of it.</summary>
internal static class DispatchRules
{
    private const string RecalledChange = "RECALLED";

    /// <summary>Freezes the facts.</summary>
    /// <exception cref="Refusal">The shipment is not READY.</exception>
    public static ShipmentStep Begin(Shipment shipment, Guid attemptId, Stamp stamp)
    {
        ShipmentGuards.RequireReady(shipment);
        return ShipmentStep.Of(shipment, shipment with { State = ShipmentState.Dispatching, AttemptId = attemptId }, null, stamp);
    }

    /// <summary>
    /// The permit was granted: it left our hands. If the permit was revoked meanwhile, it is recalled in the same breath.
    /// </summary>
    public static IReadOnlyList<ShipmentStep> Grant(Shipment shipment, DispatchAttempt attempt, Guid permitId, bool revoked, Stamp stamp)
    {
        RequireAttempt(shipment, attempt.Id);
        var dispatched = shipment with
        {
            State = ShipmentState.Dispatched,
            AttemptId = null,
            PermitId = permitId,
            Overdue = false,
            Carrier = attempt.Carrier,
            TrackingNumber = attempt.TrackingNumber,
        };
        var step = ShipmentStep.Of(shipment, dispatched, new ShipmentNews.Dispatched(attempt.Carrier, attempt.TrackingNumber), stamp);
        if (!revoked)
            return [step];
        return [step, Recall(step.After, permitId, "The permit was revoked while the dispatch was completing.", stamp)!];
    }

    /// <summary>
    /// The permit was refused. What compliance says last about the shipment counts, whether it came with the refusal or overtook it
    /// as an event.
    /// </summary>
    public static ShipmentStep Refuse(Shipment shipment, Guid attemptId, Screening? answered, Stamp stamp)
    {
        RequireAttempt(shipment, attemptId);
        var isNewer = answered is not null && answered.Number > shipment.ScreeningNumber;
        var known = isNewer ? ScreenShipment.Remember(shipment, answered!) : shipment;
        // Without a word on what it may do it must not stay READY: held is what staff look at.
        var state = answered is null ? ShipmentState.Held : known.Standing ?? ShipmentState.Held;
        return ShipmentStep.Of(shipment, known with { State = state, AttemptId = null }, null, stamp);
    }

    /// <summary>Compliance could not decide: the shipment is what its last screening says.</summary>
    public static ShipmentStep NotDecided(Shipment shipment, Guid attemptId, Stamp stamp)
    {
        RequireAttempt(shipment, attemptId);
        var after = shipment with { State = shipment.Standing ?? ShipmentState.Planned, AttemptId = null };
        return ShipmentStep.Of(shipment, after, null, stamp);
    }

    /// <summary>The permit counts no more: what has not departed is stopped. Null where nothing is to be stopped.</summary>
    public static ShipmentStep? Recall(Shipment shipment, Guid permitId, string reason, Stamp stamp)
    {
        if (shipment.PermitId != permitId || shipment.State != ShipmentState.Dispatched)
            return null;
        var revoked = shipment with { PermitRevoked = true };
        var recalled = revoked with { State = Journey.StateOf(revoked) };
        return ShipmentStep.Of(shipment, recalled, new ShipmentNews.Revised(RecalledChange, reason), stamp);
    }

    private static void RequireAttempt(Shipment shipment, Guid attemptId)
    {
        if (shipment.State != ShipmentState.Dispatching || shipment.AttemptId != attemptId)
            throw new InvalidOperationException($"Shipment {shipment.Id} is not being dispatched by attempt {attemptId}");
    }
}
