using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Contracts.Compliance;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>Tells the other services where a shipment stands.</summary>
internal static class StandingNews
{
    /// <summary>Sends ShipmentScreened where there is news, and returns the shipment with what was told.</summary>
    /// <param name="before">The shipment as last told.</param>
    /// <param name="isNews">Tell it although the standing is the same.</param>
    public static async Task<KnownShipment> Tell(
        Tx tx, KnownShipment before, KnownShipment after, Standing standing, string actor, DateTimeOffset now, bool isNews)
    {
        var told = after with
        {
            Standing = Codes<StandingKind>.Of(standing.Kind),
            StandingReasons = string.Join(',', standing.Reasons),
            ScreeningNumber = after.ScreeningNumber + 1,
        };
        if (!isNews && told.Standing == before.Standing && told.StandingReasons == before.StandingReasons && told.Overdue == before.Overdue)
            return after;
        var id = Guid.CreateVersion7(now);
        var screened = new ShipmentScreened(
            id,
            now,
            actor,
            told.Id,
            told.OrderId,
            told.ScreenedRevision,
            told.DecisionId ?? throw new InvalidOperationException($"Shipment {told.Id} stands nowhere before it was decided."),
            told.DecisionNumber,
            told.ScreeningNumber,
            told.Outcome,
            told.Standing,
            told.Overdue,
            told.DecidedShipDate ?? told.PlannedShipDate,
            standing.Reasons);
        await Outbox.Add(tx, id, screened, now);
        return told;
    }

    /// <summary>After a hold was changed without a decision: stores and tells where the shipment stands now, and returns it.</summary>
    public static async Task<KnownShipment> TellAfterHold(Tx tx, KnownShipment shipment, IReadOnlyList<Hold> holds, string actor, DateTimeOffset now)
    {
        // What has left, or will not, stands nowhere any more; before the first screening it does not stand yet.
        if (shipment.Phase != ShipmentPhase.Open || shipment.DecisionId is null)
            return shipment;
        var told = await Tell(tx, shipment, shipment, Standing.Of(holds), actor, now, isNews: false);
        await ShipmentStore.Update(tx, told);
        return told;
    }
}
