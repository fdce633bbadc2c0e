using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>Stops a shipment by hand. Goods with a permit that have not departed lose it.</summary>
internal sealed class PlaceHold(ComplianceDb db, ScreenShipment screen, TimeProvider clock)
{
    public Task<V1.Hold> Run(V1.PlaceHoldRequest request, string method, Actor actor, CancellationToken cancellation)
    {
        var violations = new Violations();
        var id = WireName.Parse(request.Shipment, Names.Shipments, "shipment", violations);
        var reason = HoldTexts.ReasonByHand(request.Reason, "reason", violations);
        var explanation = HoldTexts.Note(request.Explanation, "explanation", violations);
        violations.ThrowIfAny();
        return db.Write(
            tx => Requests.Once(
                tx, method, request.RequestId, actor, request, clock.GetUtcNow(), () => Place(tx, id!.Value, reason, explanation, actor.Subject)),
            cancellation,
            request.ValidateOnly);
    }

    private async Task<V1.Hold> Place(Tx tx, Guid id, string reason, string explanation, string actor)
    {
        var now = clock.GetUtcNow();
        var shipment = await ShipmentStore.Find(tx, id)
            ?? throw new Refusal(ComplianceReasons.ShipmentUnknown, $"{Names.Shipment(id)} is not known to compliance.");
        if (shipment.Phase is ShipmentPhase.Departed or ShipmentPhase.Closed)
            throw new Refusal(ComplianceReasons.ShipmentGone, "The shipment has departed, came back or was cancelled.");
        var holds = await HoldStore.OfShipment(tx, id);
        var change = Placed(holds.FirstOrDefault(hold => hold.Reason == reason), reason, explanation, Origins(shipment, actor, now));
        holds = await HoldKeeper.Apply(tx, holds, [change], actor, now);
        await AuditLog.Record(tx, actor, "holds.place", Names.Hold(change.Hold.Id), AuditLog.Done, $"{reason}: {explanation}", now);
        if (await RevokePermit.OfShipment(tx, shipment, $"Stopped by hand, {reason}: {explanation}", actor, now))
            await screen.Run(tx, shipment with { Phase = ShipmentPhase.Open }, Occasion.Recheck, actor);
        else
            await StandingNews.TellAfterHold(tx, shipment, holds, actor, now);
        return HoldMapping.Of(change.Hold);
    }

    private static HoldOrigins Origins(KnownShipment shipment, string actor, DateTimeOffset now) =>
        new(shipment.Id, shipment.OrderId, null, actor, HoldGoods.Of(shipment.Facts), now);

    /// <summary>A new hold, or the settled one of the same reason open again: there is one a shipment and reason.</summary>
    private static HoldChange Placed(Hold? standing, string reason, string explanation, HoldOrigins origins)
    {
        var ground = HoldGround.InWords(null, explanation);
        if (standing is null)
            return new HoldChange(HoldChangeKind.Opened, HoldBook.New(HoldOrigin.Hand, reason, ground, origins), null, explanation);
        if (standing.State != HoldState.Settled)
            throw new Refusal(ComplianceReasons.HoldAlreadyOpen, $"The shipment is held for {reason} already.")
            {
                Metadata = new Dictionary<string, string> { ["hold"] = Names.Hold(standing.Id), ["reason"] = reason },
            };
        var end = new ReleaseEnd(ReleaseState.Voided, $"The hold was placed again: {explanation}");
        return HoldBook.Reopen(standing, ground, end, origins.Now);
    }
}
