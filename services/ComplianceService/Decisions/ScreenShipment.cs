using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Telemetry;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>Decides about a shipment, keeps its holds in step, and tells where it stands.</summary>
internal sealed class ScreenShipment(Judge judge)
{
    /// <summary>Decides for the planned day, or for today once that has gone by.</summary>
    /// <param name="isAsStored">The row has the shipment's facts and phase already.</param>
    public async Task<KnownShipment> Run(Tx tx, KnownShipment shipment, Occasion occasion, string actor, bool isAsStored = false) =>
        await Settle(tx, shipment, await judge.Decide(tx, shipment), occasion, actor, isAsStored);

    /// <summary>Makes a verdict the one the shipment stands on. A re-check that found nothing new is not stored.</summary>
    /// <param name="isAsStored">The row has the shipment's facts and phase already.</param>
    public static async Task<KnownShipment> Settle(
        Tx tx, KnownShipment shipment, Verdict verdict, Occasion occasion, string actor, bool isAsStored = false)
    {
        var isNew = occasion != Occasion.Recheck || shipment.DecisionSignature != DecisionSignature.Of(verdict.Decision);
        var decided = isNew ? await DecisionStore.Record(tx, shipment, verdict, occasion, actor) : shipment;
        var holds = await HoldStore.OfShipment(tx, shipment.Id);
        var changes = HoldBook.After(holds, verdict.Decision.Findings, verdict.Circumstances, Origins(decided, verdict, actor));
        holds = await HoldKeeper.Apply(tx, holds, changes, actor, verdict.Now);
        holds = await LicenceStanding.Keep(tx, decided, holds, verdict, actor);
        if (isNew)
            DecisionSpans.Tell(tx, decided, verdict, holds);
        return await Stand(tx, shipment, decided, verdict, Standing.Of(holds), actor, isNew, isAsStored);
    }

    /// <summary>Stores where the shipment stands after a verdict, and tells it when it is news.</summary>
    /// <param name="before">The shipment as last told.</param>
    /// <param name="decided">The shipment with the decision in it.</param>
    /// <param name="isNews">Tell it although nothing of the standing changed.</param>
    /// <param name="isAsStored">The row has the shipment's facts and phase already.</param>
    public static async Task<KnownShipment> Stand(
        Tx tx, KnownShipment before, KnownShipment decided, Verdict verdict, Standing standing, string actor, bool isNews, bool isAsStored = false)
    {
        var after = await StandingNews.Tell(tx, before, Decided(decided, verdict), standing, actor, verdict.Now, isNews);
        await (isAsStored ? ShipmentStore.UpdateDecided(tx, after) : ShipmentStore.Update(tx, after));
        return after;
    }

    /// <summary>The shipment as a verdict leaves it, before its standing is told.</summary>
    public static KnownShipment Decided(KnownShipment shipment, Verdict verdict) => shipment with
    {
        ScreenedRevision = shipment.Revision,
        DecidedShipDate = verdict.Circumstances.ShipDate,
        Overdue = verdict.Today > shipment.PlannedShipDate,
        KnownVersion = verdict.Head.Version,
        DecideAgainAt = DecideAgain.At(shipment.PlannedShipDate, verdict.Today, shipment.TimeZone, verdict.NextRecorded),
    };

    public static HoldOrigins Origins(KnownShipment decided, Verdict verdict, string actor) => new(
        decided.Id, decided.OrderId, decided.DecisionId, actor, HoldGoods.Of(decided.Facts), verdict.Now);
}
