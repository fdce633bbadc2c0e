using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.Contracts.Compliance;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>Tells who follows an order that somebody asks to settle a hold, and that somebody else did not agree.</summary>
internal static class ReleaseNews
{
    public static Task Proposed(Tx tx, Release release, Hold hold, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var proposed = new ReleaseProposed(
            id, now, release.ProposedBy, release.Id, hold.Id, hold.ShipmentId, hold.OrderId, hold.Reason, release.ReasonCode, release.LicenceId,
            release.FirstShipDate, release.LastShipDate);
        return Outbox.Add(tx, id, proposed, now);
    }

    public static Task Rejected(Tx tx, Release release, Hold hold, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var rejected = new ReleaseRejected(
            id, now, release.DecidedBy, release.Id, hold.Id, hold.ShipmentId, hold.OrderId, hold.Reason, release.ProposedBy, release.CloseReason);
        return Outbox.Add(tx, id, rejected, now);
    }
}
