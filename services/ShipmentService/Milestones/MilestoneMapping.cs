using Google.Protobuf.WellKnownTypes;
using Api = OrderTracking.Shipments.V1;
using Kind = OrderTracking.Shipments.V1.Milestone.Types.Kind;

namespace OrderTracking.ShipmentService.Milestones;

/// <summary>Milestones as callers see them.</summary>
internal static class MilestoneMapping
{
    /// <summary>Null where nothing known was stated.</summary>
    public static MilestoneKind? Parse(Kind kind) => kind switch
    {
        Kind.Departed => MilestoneKind.Departed,
        Kind.Arrived => MilestoneKind.Arrived,
        Kind.CustomsCleared => MilestoneKind.CustomsCleared,
        Kind.Delivered => MilestoneKind.Delivered,
        Kind.Exception => MilestoneKind.Exception,
        _ => null,
    };

    public static Api.Milestone Of(Milestone milestone) => new()
    {
        Number = milestone.Number,
        Kind = Of(milestone.Kind),
        EventTime = Timestamp.FromDateTimeOffset(milestone.EventTime),
        RecordTime = Timestamp.FromDateTimeOffset(milestone.RecordTime),
        Location = milestone.Location ?? "",
        Note = milestone.Note ?? "",
        Supersedes = milestone.Supersedes,
        SupersededBy = milestone.SupersededBy,
        Actor = milestone.Actor,
    };

    private static Kind Of(MilestoneKind kind) => kind switch
    {
        MilestoneKind.Departed => Kind.Departed,
        MilestoneKind.Arrived => Kind.Arrived,
        MilestoneKind.CustomsCleared => Kind.CustomsCleared,
        MilestoneKind.Delivered => Kind.Delivered,
        _ => Kind.Exception,
    };
}
