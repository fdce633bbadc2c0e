using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>Decides one shipment again because something was published or time has passed.</summary>
internal sealed class RecheckShipment(Knowledge knowledge, ScreenShipment screen, RecheckPermit permits, TimeProvider clock)
{
    /// <summary>Who is named as the actor of what nobody asked for.</summary>
    public const string Actor = "compliance";

    public async Task Run(Tx tx, Guid id)
    {
        // Looked at again inside the transaction: an event or a request may have decided it since it was found.
        var shipment = await ShipmentStore.Find(tx, id);
        if (shipment is null || !await IsDue(tx, shipment))
            return;
        if (shipment.Phase == ShipmentPhase.Open)
            await screen.Run(tx, shipment, Occasion.Recheck, Actor);
        else if (shipment.Phase == ShipmentPhase.Permitted && await PermitStore.Granted(tx, id) is { } permit)
            await permits.Run(tx, shipment, permit, Actor);
    }

    private async Task<bool> IsDue(Tx tx, KnownShipment shipment) =>
        shipment.DecideAgainAt <= clock.GetUtcNow() || shipment.KnownVersion < (await knowledge.Current(tx)).Version;
}
