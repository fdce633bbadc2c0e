using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Telemetry;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>Decides goods with a permit again that have not departed, and takes the permit back when they may not leave any more.</summary>
internal sealed class RecheckPermit(Judge judge)
{
    public async Task Run(Tx tx, KnownShipment shipment, Permit permit, string actor)
    {
        // The law of the day they can still leave on; releases are held to the day the permit is for.
        var verdict = await judge.Decide(tx, shipment.Facts, today => ShipDates.Effective(permit.ShipDate, today));
        var holds = await HoldStore.OfShipment(tx, shipment.Id);
        var dayOfPermit = verdict with { Circumstances = verdict.Circumstances with { ShipDate = permit.ShipDate, Today = permit.ShipDate } };
        var judged = DispatchGate.Judge(verdict.Decision.Findings, holds, dayOfPermit.Circumstances);
        var gate = await LicenceGate.Check(tx, shipment, judged, dayOfPermit);
        if (gate.Obstacles.Count > 0)
        {
            var licences = gate.Obstacles.Skip(judged.Obstacles.Count).Select(obstacle => " " + obstacle.Description).Distinct();
            var why = $"Forbidden since the permit was granted: {string.Join(", ", gate.Standing.Reasons)}.{string.Concat(licences)}";
            await RevokePermit.Run(tx, permit, why, actor, verdict.Now);
            await ScreenShipment.Settle(tx, shipment with { Phase = ShipmentPhase.Open }, verdict, Occasion.Recheck, actor);
            return;
        }

        var isNew = shipment.DecisionSignature != DecisionSignature.Of(verdict.Decision);
        var decided = isNew ? await DecisionStore.Record(tx, shipment, verdict, Occasion.Recheck, actor) : shipment;
        if (isNew)
            DecisionSpans.Tell(tx, decided, verdict, holds);
        await ShipmentStore.Update(tx, decided with { KnownVersion = verdict.Head.Version, DecideAgainAt = verdict.NextRecorded });
    }
}
