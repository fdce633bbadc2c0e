using OrderTracking.ShipmentService.Milestones;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>When something is done, and by whom.</summary>
internal sealed record Stamp(DateTimeOffset Now, string Actor);

/// <summary>One change of one shipment, and what others are told of it.</summary>
/// <param name="Before">Null for a new shipment.</param>
/// <param name="News">Null where the change concerns nobody else.</param>
internal sealed record ShipmentStep(Shipment? Before, Shipment After, ShipmentNews? News, Stamp Stamp)
{
    /// <summary>A change of a shipment: its sequence grows by one.</summary>
    public static ShipmentStep Of(Shipment before, Shipment after, ShipmentNews? news, Stamp stamp) =>
        new(before, after with { Sequence = before.Sequence + 1, UpdateTime = stamp.Now }, news, stamp);
}

/// <summary>What others are told of a step. The shipment after the step always goes with it.</summary>
internal abstract record ShipmentNews
{
    internal sealed record Planned : ShipmentNews;

    /// <param name="Change">SPLIT, RESCHEDULED, AMENDED or RECALLED.</param>
    internal sealed record Revised(string Change, string? Reason) : ShipmentNews;

    internal sealed record Cancelled(string Reason) : ShipmentNews;

    internal sealed record Dispatched(string Carrier, string TrackingNumber) : ShipmentNews;

    internal sealed record MilestoneRecorded(Milestone Milestone) : ShipmentNews;

    internal sealed record Returned(string Reason) : ShipmentNews;
}
