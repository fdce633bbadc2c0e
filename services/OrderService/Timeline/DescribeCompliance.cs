using System.Globalization;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Wire;
using static OrderTracking.OrderService.Timeline.DescribeOrder;

namespace OrderTracking.OrderService.Timeline;

/// <summary>What compliance's events say in the history of an order.</summary>
internal static class DescribeCompliance
{
    public static TimelineEvent Of(ShipmentScreened screened) => new(
        screened.EventId,
        "SHIPMENT_SCREENED",
        screened.EventTime,
        WireName.Of("decisions", screened.DecisionId),
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Shipment(screened.ShipmentId)} decided {screened.Outcome} for {Day(screened.DecidedShipDate)}{(screened.Overdue ? ", overdue" : "")}; it is {screened.Standing}{Because(string.Join(", ", screened.Reasons))}."),
        screened.Actor);

    public static TimelineEvent Of(HoldOpened opened) => new(
        opened.EventId,
        "HOLD_OPENED",
        opened.EventTime,
        Hold(opened.HoldId),
        $"{Shipment(opened.ShipmentId)} is held for {opened.Reason}{Because(opened.Explanation)}.",
        opened.Actor);

    public static TimelineEvent Of(HoldSettled settled) => new(
        settled.EventId,
        "HOLD_SETTLED",
        settled.EventTime,
        Hold(settled.HoldId),
        $"{Shipment(settled.ShipmentId)} is released from {settled.Reason}, proposed by {settled.ProposedBy} and approved by {settled.Actor}{Under(settled.LicenceId)}.",
        settled.Actor);

    public static TimelineEvent Of(HoldVoided voided) => new(
        voided.EventId,
        "HOLD_VOIDED",
        voided.EventTime,
        Hold(voided.HoldId),
        $"{Shipment(voided.ShipmentId)} is no longer held for {voided.Reason}{Because(voided.Why)}.",
        voided.Actor);

    public static TimelineEvent Of(PermitGranted granted) => new(
        granted.EventId,
        "PERMIT_GRANTED",
        granted.EventTime,
        Permit(granted.PermitId),
        $"{Shipment(granted.ShipmentId)} may leave on {Day(granted.ShipDate)}.",
        granted.Actor);

    public static TimelineEvent Of(PermitRevoked revoked) => new(
        revoked.EventId,
        "PERMIT_REVOKED",
        revoked.EventTime,
        Permit(revoked.PermitId),
        $"{Shipment(revoked.ShipmentId)} may not leave any more{Because(revoked.Reason)}.",
        revoked.Actor);

    public static string Shipment(Guid id) => WireName.Of(DescribeShipment.Collection, id);

    public static string Under(Guid? licence) => licence is { } id ? $" under {WireName.Of("licences", id)}" : "";

    public static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Hold(Guid id) => WireName.Of("holds", id);

    private static string Permit(Guid id) => WireName.Of("permits", id);
}
