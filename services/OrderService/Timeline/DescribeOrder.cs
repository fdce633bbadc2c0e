using System.Globalization;
using OrderTracking.Contracts.Orders;
using OrderTracking.OrderService.Orders;

namespace OrderTracking.OrderService.Timeline;

/// <summary>What the order's own events say in its history.</summary>
internal static class DescribeOrder
{
    public static TimelineEvent Of(OrderPlaced placed) => new(
        placed.EventId,
        "ORDER_PLACED",
        placed.EventTime,
        OrderWire.NameOf(placed.Order.OrderId),
        string.Create(
            CultureInfo.InvariantCulture,
            $"Ordered {Units(placed.Order)} units on {placed.Order.Lines.Count} lines for {placed.Order.DestinationCountry}."),
        placed.Actor);

    /// <param name="changes">What changed, with the old values.</param>
    public static TimelineEvent Of(OrderAmended amended, string changes) => new(
        amended.EventId,
        "ORDER_AMENDED",
        amended.EventTime,
        OrderWire.NameOf(amended.Order.OrderId),
        string.Create(
            CultureInfo.InvariantCulture,
            $"Changed to revision {amended.Order.Revision} ({changes}){Because(amended.Reason)}."),
        amended.Actor);

    public static TimelineEvent Of(OrderCancelled cancelled) => new(
        cancelled.EventId,
        "ORDER_CANCELLED",
        cancelled.EventTime,
        OrderWire.NameOf(cancelled.OrderId),
        $"Cancelled what had not left{Because(cancelled.Reason)}.",
        cancelled.Actor);

    /// <summary>The end of a sentence that gives a reason; nothing where there is none.</summary>
    public static string Because(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : $": {reason.Trim().TrimEnd('.')}";

    private static long Units(OrderSnapshot order) => order.Lines.Sum(line => line.Quantity);
}
