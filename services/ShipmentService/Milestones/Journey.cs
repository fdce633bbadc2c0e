using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Milestones;

/// <summary>A milestone as a caller reports it.</summary>
/// <param name="Supersedes">The number of the milestone it corrects; 0 for none.</param>
internal sealed record ReportedMilestone(MilestoneKind Kind, DateTimeOffset EventTime, string? Location, string? Note, long Supersedes);

/// <summary>Where a shipment is on its way, derived from the reports that count and never set.</summary>
internal static class Journey
{
    /// <summary>Records a report and derives state and actual dates anew.</summary>
    /// <exception cref="Refusal">It has not left our hands, or the report it corrects is not there to be corrected.</exception>
    public static ShipmentStep Record(Shipment shipment, ReportedMilestone reported, Stamp stamp)
    {
        ShipmentGuards.RequireGone(shipment);
        if (shipment.Milestones.Count >= ShipmentLimits.MilestonesMax)
            throw new Refusal(ShipmentReasons.MilestonesTooMany, $"A shipment has at most {ShipmentLimits.MilestonesMax} milestones.");
        var number = shipment.Milestones.Count + 1;
        var milestone = new Milestone(
            number, reported.Kind, reported.EventTime, stamp.Now, reported.Location, reported.Note, reported.Supersedes, 0, stamp.Actor);
        var told = shipment with { Milestones = [.. Superseded(shipment.Milestones, reported.Supersedes, number), milestone] };
        var reason = reported.Supersedes == 0
            ? $"Milestone {number}: {MilestoneNames.Of(reported.Kind)}"
            : $"Milestone {number} corrects milestone {reported.Supersedes}";
        return ShipmentStep.Of(shipment, Derive(told, reason, stamp), new ShipmentNews.MilestoneRecorded(milestone), stamp);
    }

    /// <summary>
    /// The state of a shipment that left our hands. Arriving implies having departed. Customs and exceptions move nothing: goods
    /// are cleared for export before they depart.
    /// </summary>
    public static ShipmentState StateOf(Shipment shipment)
    {
        if (shipment.State == ShipmentState.Returned)
            return ShipmentState.Returned;
        if (Counts(shipment, MilestoneKind.Delivered))
            return ShipmentState.Delivered;
        if (Counts(shipment, MilestoneKind.Departed) || Counts(shipment, MilestoneKind.Arrived))
            return ShipmentState.InTransit;
        return shipment.PermitRevoked ? ShipmentState.Recalled : ShipmentState.Dispatched;
    }

    private static Shipment Derive(Shipment shipment, string reason, Stamp stamp)
    {
        var departed = First(shipment, MilestoneKind.Departed);
        var delivered = First(shipment, MilestoneKind.Delivered);
        DateOnly? shipDate = departed is null ? null : shipment.Terms.DateAt(departed.EventTime);
        DateOnly? deliveryDate = delivered is null ? null : DateOnly.FromDateTime(delivered.EventTime.UtcDateTime);
        return (shipment with { State = StateOf(shipment) })
            .WithDate(DateKind.ActualShip, shipDate, reason, stamp.Actor, stamp.Now)
            .WithDate(DateKind.ActualDelivery, deliveryDate, reason, stamp.Actor, stamp.Now);
    }

    private static bool Counts(Shipment shipment, MilestoneKind kind) => First(shipment, kind) is not null;

    // By event time: an earlier event that was recorded later comes first.
    private static Milestone? First(Shipment shipment, MilestoneKind kind) => shipment.Milestones
        .Where(milestone => milestone.Kind == kind && milestone.SupersededBy == 0)
        .MinBy(milestone => (milestone.EventTime, milestone.Number));

    private static IEnumerable<Milestone> Superseded(IReadOnlyList<Milestone> milestones, long corrected, long by)
    {
        if (corrected == 0)
            return milestones;
        var found = milestones.FirstOrDefault(milestone => milestone.Number == corrected);
        var metadata = new Dictionary<string, string> { ["milestone"] = corrected.ToString(CultureInfo.InvariantCulture) };
        if (found is null)
            throw new Refusal(ShipmentReasons.MilestoneNotFound, $"The shipment has no milestone {corrected} to correct.")
            {
                Metadata = metadata,
            };
        if (found.SupersededBy != 0)
            throw new Refusal(
                ShipmentReasons.MilestoneAlreadySuperseded,
                $"Milestone {corrected} was corrected by milestone {found.SupersededBy} already; correct that one.")
            {
                Metadata = metadata,
            };
        return milestones.Select(milestone => milestone.Number == corrected ? milestone with { SupersededBy = by } : milestone);
    }
}
