using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>Holds that a check of compliance's own opens, beside the rules: for review, and no decision takes them away again.</summary>
internal static class CheckHolds
{
    /// <summary>
    /// Holds a shipment for a reason. Where that reason holds it already the explanation is brought up to date; where it was released, the
    /// release stands until the facts or the ship date leave what it was given for.
    /// </summary>
    /// <param name="shipment">Any copy of it: it is read again here.</param>
    /// <param name="reason">Upper case, such as UNUSUAL_PULL_FORWARD.</param>
    /// <returns>The shipment as it stands afterwards; the copy that was given is out of date.</returns>
    public static async Task<KnownShipment> Open(Tx tx, KnownShipment shipment, string reason, string explanation, DateTimeOffset now)
    {
        var current = await ShipmentStore.Find(tx, shipment.Id)
            ?? throw new InvalidOperationException($"Shipment {shipment.Id} is not known to compliance.");
        if (current.Phase is ShipmentPhase.Departed or ShipmentPhase.Closed)
            return current;
        var holds = await HoldStore.OfShipment(tx, current.Id);
        if (Opened(holds, Origins(current, now), reason, explanation) is not { } change)
            return current;
        holds = await HoldKeeper.Apply(tx, holds, [change], RecheckShipment.Actor, now);
        return await Stand(tx, current, holds, now);
    }

    /// <summary>What opening does to the holds of a shipment; null: nothing.</summary>
    public static HoldChange? Opened(IReadOnlyList<Hold> holds, HoldOrigins origins, string reason, string explanation)
    {
        var ground = HoldGround.InWords(Effect.Review, explanation);
        var standing = holds.FirstOrDefault(hold => hold.IsActive && hold.Reason == reason);
        if (standing is null)
            return new HoldChange(HoldChangeKind.Opened, HoldBook.New(HoldOrigin.Check, reason, ground, origins), null, explanation);
        return standing.State != HoldState.Open || standing.Ground == ground
            ? null
            : new HoldChange(HoldChangeKind.Refreshed, standing.Touched(origins.Now) with { Ground = ground }, null, "");
    }

    private static async Task<KnownShipment> Stand(Tx tx, KnownShipment shipment, IReadOnlyList<Hold> holds, DateTimeOffset now)
    {
        // With a permit: due at once, and the re-check takes the permit back. With facts not screened yet: the screening tells.
        if (shipment.Phase == ShipmentPhase.Permitted)
        {
            var due = shipment with { DecideAgainAt = now };
            await ShipmentStore.Update(tx, due);
            return due;
        }

        return shipment.Revision > shipment.ScreenedRevision
            ? shipment
            : await StandingNews.TellAfterHold(tx, shipment, holds, RecheckShipment.Actor, now);
    }

    private static HoldOrigins Origins(KnownShipment shipment, DateTimeOffset now) =>
        new(shipment.Id, shipment.OrderId, null, RecheckShipment.Actor, HoldGoods.Of(shipment.Facts), now);
}
