using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Telemetry;
using OrderTracking.Contracts.Compliance;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>Takes a permit back: the licence gets back what was drawn, and what was released under it is open again.</summary>
internal static class RevokePermit
{
    public static async Task Run(Tx tx, Permit permit, string why, string actor, DateTimeOffset now)
    {
        await PermitStore.Update(tx, permit with
        {
            State = PermitState.Revoked,
            RevokeReason = why,
            RevokedAt = now,
            Version = permit.Version + 1,
            UpdatedAt = now,
        });
        ComplianceMetrics.PermitRevoked(tx);
        await EndLicensedReleases(tx, permit, why, actor, now);
        foreach (var licence in permit.LicenceIds)
            await LicenceStore.GiveBack(tx, licence, permit.ShipmentId, why, now);
        var id = Guid.CreateVersion7(now);
        await Outbox.Add(tx, id, new PermitRevoked(id, now, actor, permit.Id, permit.ShipmentId, permit.OrderId, why), now);
    }

    /// <summary>Takes the shipment's permit back, if it has one that counts.</summary>
    /// <returns>True where there was one.</returns>
    public static async Task<bool> OfShipment(Tx tx, KnownShipment shipment, string why, string actor, DateTimeOffset now)
    {
        if (await PermitStore.Granted(tx, shipment.Id) is not { } permit)
            return false;
        await Run(tx, permit, why, actor, now);
        return true;
    }

    // Without the licence behind it a release would let the shipment go on nothing.
    private static async Task EndLicensedReleases(Tx tx, Permit permit, string why, string actor, DateTimeOffset now)
    {
        var end = new ReleaseEnd(ReleaseState.Voided, $"The permit was revoked and its licence given back. {why}");
        var holds = await HoldStore.OfShipment(tx, permit.ShipmentId);
        var changes = holds
            .Where(hold => hold.ActiveRelease is { State: ReleaseState.Approved, LicenceId: not null })
            .Select(hold => HoldBook.Reopen(hold, hold.Ground, end, now))
            .ToList();
        await HoldKeeper.Apply(tx, holds, changes, actor, now);
    }
}
