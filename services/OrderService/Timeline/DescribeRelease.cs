using OrderTracking.Contracts.Compliance;
using OrderTracking.Wire;
using static OrderTracking.OrderService.Timeline.DescribeCompliance;
using static OrderTracking.OrderService.Timeline.DescribeOrder;

namespace OrderTracking.OrderService.Timeline;

/// <summary>What the work on a hold says in the history of an order.</summary>
internal static class DescribeRelease
{
    public static TimelineEvent Of(ReleaseProposed proposed) => new(
        proposed.EventId,
        "RELEASE_PROPOSED",
        proposed.EventTime,
        Release(proposed.HoldId, proposed.ReleaseId),
        $"{Shipment(proposed.ShipmentId)}: release from {proposed.Reason} proposed for {proposed.ReasonCode}{Under(proposed.LicenceId)}, {Day(proposed.FirstShipDate)} to {Day(proposed.LastShipDate)}.",
        proposed.Actor);

    public static TimelineEvent Of(ReleaseRejected rejected) => new(
        rejected.EventId,
        "RELEASE_REJECTED",
        rejected.EventTime,
        Release(rejected.HoldId, rejected.ReleaseId),
        $"{Shipment(rejected.ShipmentId)}: release from {rejected.Reason}, proposed by {rejected.ProposedBy}, rejected{Because(rejected.Why)}.",
        rejected.Actor);

    public static TimelineEvent Of(ReleaseVoided voided) => new(
        voided.EventId,
        $"RELEASE_{voided.State}",
        voided.EventTime,
        Release(voided.HoldId, voided.ReleaseId),
        $"{Shipment(voided.ShipmentId)}: release from {voided.Reason} counts no more{Because(voided.Why)}.",
        voided.Actor);

    private static string Release(Guid hold, Guid release) => $"{WireName.Of("holds", hold)}/releases/{release:D}";
}
