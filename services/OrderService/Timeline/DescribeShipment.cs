using System.Globalization;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Wire;
using static OrderTracking.OrderService.Timeline.DescribeOrder;

namespace OrderTracking.OrderService.Timeline;

/// <summary>What shipments' events say in the history of their order.</summary>
internal static class DescribeShipment
{
    public const string Collection = "shipments";

    public static TimelineEvent Of(ShipmentPlanned planned) => Entry(
        planned.EventId, "SHIPMENT_PLANNED", planned.EventTime, planned.Actor, planned.Shipment, $"Planned to leave on {Day(planned.Shipment.PlannedShipDate)}.");

    public static TimelineEvent Of(ShipmentRevised revised) => Entry(
        revised.EventId,
        $"SHIPMENT_{revised.Change}",
        revised.EventTime,
        revised.Actor,
        revised.Shipment,
        $"{Changed(revised.Change)}, planned to leave on {Day(revised.Shipment.PlannedShipDate)}{Because(revised.Reason)}.");

    public static TimelineEvent Of(ShipmentCancelled cancelled) => Entry(
        cancelled.EventId, "SHIPMENT_CANCELLED", cancelled.EventTime, cancelled.Actor, cancelled.Shipment, $"Cancelled{Because(cancelled.Reason)}.");

    public static TimelineEvent Of(ShipmentDispatched dispatched) => Entry(
        dispatched.EventId,
        "SHIPMENT_DISPATCHED",
        dispatched.EventTime,
        dispatched.Actor,
        dispatched.Shipment,
        $"Dispatched with {dispatched.Carrier}, tracking number {dispatched.TrackingNumber}.");

    public static TimelineEvent Of(ShipmentMilestoneRecorded milestone) => Entry(
        milestone.EventId,
        $"SHIPMENT_{milestone.Kind}",
        milestone.MilestoneTime,
        milestone.Actor,
        milestone.Shipment,
        $"Milestone {Number(milestone.Number)} {milestone.Kind}{At(milestone.Location)}{Corrects(milestone.Supersedes)}{Because(milestone.Note)}.");

    public static TimelineEvent Of(ShipmentReturned returned) => Entry(
        returned.EventId, "SHIPMENT_RETURNED", returned.EventTime, returned.Actor, returned.Shipment, $"Came back{Because(returned.Reason)}.");

    private static TimelineEvent Entry(
        Guid eventId, string kind, DateTimeOffset eventTime, string actor, ShipmentSnapshot shipment, string summary) => new(
            eventId,
            kind,
            eventTime,
            WireName.Of(Collection, shipment.ShipmentId),
            $"Line {Number(shipment.LineNumber)}, {Number(shipment.Quantity)} units: {summary}",
            actor);

    private static string Changed(string change) => change switch
    {
        "SPLIT" => "Split",
        "RESCHEDULED" => "Rescheduled",
        "AMENDED" => "Changed with its order",
        "RECALLED" => "Recalled: its permit counts no more",
        _ => "Changed",
    };

    private static string At(string? location) => location is null ? "" : $" at {location}";

    private static string Corrects(long milestone) => milestone == 0 ? "" : $", correcting milestone {Number(milestone)}";

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
