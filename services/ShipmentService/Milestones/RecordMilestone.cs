using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Changes;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Milestones;

/// <summary>Records what was reported about a shipment on its way, or corrects what was recorded before.</summary>
internal sealed class RecordMilestone(ChangeShipment change)
{
    private const string EventTimeField = "milestone.event_time";
    private const int NanosMax = 999_999_999;

    public Task<Api.Shipment> Handle(Api.RecordMilestoneRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        var id = ChangeShipment.ParseName(request.Name, violations);
        var reported = Parse(request.Milestone, violations);
        violations.ThrowIfAny();
        return change.Run(
            new ShipmentCall(request, id, request.Etag, request.RequestId, request.ValidateOnly, context),
            (shipment, stamp) =>
            {
                if (reported!.EventTime > stamp.Now)
                    Violations.Throw(
                        EventTimeField, ShipmentReasons.EventTimeInFuture, Text(reported.EventTime), $"not later than now ({Text(stamp.Now)})");
                return [Journey.Record(shipment, reported, stamp)];
            },
            (shipment, _) => ShipmentMapping.Of(shipment));
    }

    private static ReportedMilestone? Parse(Api.Milestone? milestone, Violations violations)
    {
        if (milestone is null)
        {
            violations.Add("milestone", ShipmentReasons.MilestoneMissing, null, "a milestone with its kind and event time");
            return null;
        }

        var kind = MilestoneMapping.Parse(milestone.Kind);
        if (kind is null)
            violations.Add(
                "milestone.kind",
                ShipmentReasons.MilestoneKindMissing,
                milestone.Kind.ToString(),
                "DEPARTED, ARRIVED, CUSTOMS_CLEARED, DELIVERED or EXCEPTION");
        var eventTime = ParseEventTime(milestone.EventTime, violations);
        var location = WireText.ParseOptional(milestone.Location, "milestone.location", ShipmentLimits.LocationCharactersMax, violations);
        var note = WireText.ParseOptional(milestone.Note, "milestone.note", Limits.ReasonCharactersMax, violations);
        if (milestone.Supersedes < 0)
            violations.Add(
                "milestone.supersedes",
                ShipmentReasons.MilestoneNumberInvalid,
                milestone.Supersedes.ToString(CultureInfo.InvariantCulture),
                "the number of a milestone, or 0");
        return kind is null || eventTime is null
            ? null
            : new ReportedMilestone(kind.Value, eventTime.Value, location, note, milestone.Supersedes);
    }

    private static DateTimeOffset? ParseEventTime(Timestamp? time, Violations violations)
    {
        var allowed = $"an instant from {Text(ShipmentLimits.EventTimeMin)} to now";
        if (time is null)
        {
            violations.Add(EventTimeField, ShipmentReasons.EventTimeMissing, null, allowed);
            return null;
        }

        var latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        if (time.Nanos is >= 0 and <= NanosMax && time.Seconds >= ShipmentLimits.EventTimeMin.ToUnixTimeSeconds() && time.Seconds <= latest)
            return WireInstant.Of(time);
        violations.Add(
            EventTimeField,
            ShipmentReasons.EventTimeInvalid,
            string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s and {time.Nanos} ns"),
            allowed);
        return null;
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
