using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Outlook.PullForwards;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Telemetry;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>
/// Grants the permit, or refuses it, in one transaction: what is recorded, the facts, the releases and the licence balance are read where
/// the permit is written. Its commit is the moment of dispatch.
/// </summary>
internal sealed class AuthorizeDispatch(ComplianceDb db, Judge judge, GuardPullForward pullForward)
{
    public async Task<V1.Permit> Run(V1.AuthorizeDispatchRequest request, Actor actor, CancellationToken cancellation)
    {
        var asked = DispatchRequest.Parse(request);
        var outcome = await db.Write(tx => Decide(tx, asked, actor.Subject), cancellation, request.ValidateOnly);
        return outcome switch
        {
            DispatchOutcome.Granted granted => PermitMapping.Of(granted.Permit),
            DispatchOutcome.Refused refused => throw refused.ToRefusal(),
            _ => throw new InvalidOperationException($"{outcome} is no outcome of a request for a permit."),
        };
    }

    private async Task<DispatchOutcome> Decide(Tx tx, DispatchRequest asked, string actor)
    {
        if (await PermitStore.OfRequest(tx, asked.RequestId) is { } first)
            return first.ShipmentId == asked.ShipmentId ? new DispatchOutcome.Granted(first) : throw Reused(asked);
        if (await PermitStore.Granted(tx, asked.ShipmentId) is { } other)
            throw AlreadyPermitted(other);
        var known = await ShipmentStore.Find(tx, asked.ShipmentId);
        var shipment = Known(known, asked);
        if (known is null)
            await ShipmentStore.Insert(tx, shipment);
        var verdict = await judge.Decide(tx, shipment.Facts, today => today);
        shipment = await pullForward.BeforeLeaving(tx, shipment, verdict.Today, verdict.Now);
        var (holds, changes) = await Holds(tx, shipment, verdict, actor);
        var after = HoldBook.Apply(holds, changes);
        var gate = await LicenceGate.Check(tx, shipment, DispatchGate.Judge(verdict.Decision.Findings, after, verdict.Circumstances), verdict);
        var decided = await DecisionStore.Record(tx, shipment, verdict, Occasion.Dispatch, actor);
        if (gate.Obstacles.Count > 0)
            return await Refuse(tx, shipment, decided, verdict, gate, actor);
        DecisionSpans.Tell(tx, decided, verdict, holds);
        return await GrantPermit.Run(tx, decided, verdict, gate, holds, asked, actor);
    }

    private static KnownShipment Known(KnownShipment? known, DispatchRequest asked)
    {
        if (known is { Phase: ShipmentPhase.Departed or ShipmentPhase.Closed })
            throw new Refusal(ComplianceReasons.ShipmentGone, "The shipment has departed, came back or was cancelled.");
        var isOlder = known is not null && known.Revision > asked.Revision;
        if (isOlder || (known?.Revision == asked.Revision && !SameFacts(known, asked)))
            throw Superseded(known!, asked);
        return known is null
            ? new KnownShipment
            {
                Id = asked.ShipmentId,
                OrderId = asked.OrderId,
                Sequence = 0,
                Revision = asked.Revision,
                Phase = ShipmentPhase.Open,
                Facts = asked.Facts,
            }
            : known with { Revision = asked.Revision, Facts = asked.Facts };
    }

    private static bool SameFacts(KnownShipment known, DispatchRequest asked) =>
        Screening.FactsDigest.Of(known.Facts) == Screening.FactsDigest.Of(asked.Facts);

    // A day before the planned one says nothing about the planned one: releases for that day stand.
    private static async Task<(IReadOnlyList<Hold> Holds, IReadOnlyList<HoldChange> Changes)> Holds(
        Tx tx, KnownShipment shipment, Verdict verdict, string actor)
    {
        var holds = await HoldStore.OfShipment(tx, shipment.Id);
        var origins = ScreenShipment.Origins(shipment, verdict, actor);
        return verdict.Today < shipment.PlannedShipDate
            ? (holds, HoldBook.OpenMissing(holds, verdict.Decision.Findings, origins))
            : (holds, HoldBook.After(holds, verdict.Decision.Findings, verdict.Circumstances, origins));
    }

    private static async Task<DispatchOutcome> Refuse(
        Tx tx, KnownShipment before, KnownShipment decided, Verdict verdict, GateVerdict gate, string actor)
    {
        var (holds, changes) = await Holds(tx, decided, verdict, actor);
        var after = await HoldKeeper.Apply(tx, holds, changes, actor, verdict.Now);
        if (verdict.Today >= decided.PlannedShipDate)
            await LicenceStanding.Keep(tx, decided, after, verdict, actor);
        DecisionSpans.Tell(tx, decided, verdict, after);
        var told = await ScreenShipment.Stand(tx, before, decided, verdict, gate.Standing, actor, isNews: true);
        // What is refused for today is looked at again tomorrow, for the planned day.
        var tomorrow = DecideAgain.At(verdict.Today, verdict.Today, told.TimeZone, verdict.NextRecorded);
        // What is due already stays due: a licence it rests on may have changed.
        await ShipmentStore.Update(tx, told with { DecideAgainAt = before.DecideAgainAt <= verdict.Now ? before.DecideAgainAt : tomorrow });
        ComplianceMetrics.PermitRefused(tx);
        return new DispatchOutcome.Refused(told, gate);
    }

    private static Refusal Reused(DispatchRequest asked) =>
        new(BuildingReasons.RequestIdReused, "This request_id was used before for another shipment; choose a new one.")
        {
            Metadata = new Dictionary<string, string> { ["request_id"] = asked.RequestId.ToString("D") },
        };

    private static Refusal AlreadyPermitted(Permit other) =>
        new(ComplianceReasons.AlreadyPermitted, "Another request has the permit of this shipment.")
        {
            Metadata = new Dictionary<string, string> { ["permit"] = Names.Permit(other.Id), ["shipment"] = Names.Shipment(other.ShipmentId) },
        };

    private static Refusal Superseded(KnownShipment known, DispatchRequest asked) =>
        new(ComplianceReasons.FactsSuperseded, $"The facts of revision {asked.Revision} are not what is known as revision {known.Revision}.")
        {
            Metadata = new Dictionary<string, string> { ["asked_revision"] = $"{asked.Revision}", ["known_revision"] = $"{known.Revision}" },
        };
}
