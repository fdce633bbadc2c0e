using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ShipmentService.Milestones;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>What happened to some shipments: the changes of their dates and what was reported about them. Rows are only added.</summary>
internal sealed class ShipmentHistories
{
    private const string SelectDates = $"""
        select shipment_id as {nameof(DateRow.ShipmentId)}, number as {nameof(DateRow.Number)}, kind as {nameof(DateRow.Kind)},
            old_date as {nameof(DateRow.OldDate)}, new_date as {nameof(DateRow.NewDate)}, reason as {nameof(DateRow.Reason)},
            source as {nameof(DateRow.Source)}, recorded_at as {nameof(DateRow.RecordedAt)}
        from date_changes
        """;

    private const string SelectMilestones = $"""
        select shipment_id as {nameof(MilestoneRow.ShipmentId)}, number as {nameof(MilestoneRow.Number)}, kind as {nameof(MilestoneRow.Kind)},
            event_time as {nameof(MilestoneRow.EventTime)}, recorded_at as {nameof(MilestoneRow.RecordedAt)}, location as {nameof(MilestoneRow.Location)},
            note as {nameof(MilestoneRow.Note)}, supersedes as {nameof(MilestoneRow.Supersedes)}, superseded_by as {nameof(MilestoneRow.SupersededBy)},
            actor as {nameof(MilestoneRow.Actor)}
        from milestones
        """;

    private const string InsertDate = """
        insert into date_changes (shipment_id, number, kind, old_date, new_date, reason, source, recorded_at)
        values (@ShipmentId, @Number, @Kind, @OldDate, @NewDate, @Reason, @Source, @RecordedAt)
        """;

    private const string InsertMilestone = """
        insert into milestones (shipment_id, number, kind, event_time, recorded_at, location, note, supersedes, superseded_by, actor)
        values (@ShipmentId, @Number, @Kind, @EventTime, @RecordedAt, @Location, @Note, @Supersedes, @SupersededBy, @Actor)
        """;

    private const string Supersede = """
        update milestones
        set superseded_by = @Number
        where shipment_id = @ShipmentId and number = @Supersedes and superseded_by = 0
        """;

    private readonly ILookup<Guid, DateChange> _dates;
    private readonly ILookup<Guid, Milestone> _milestones;

    private ShipmentHistories(ILookup<Guid, DateChange> dates, ILookup<Guid, Milestone> milestones) =>
        (_dates, _milestones) = (dates, milestones);

    /// <summary>Nothing happened.</summary>
    public static ShipmentHistories None { get; } =
        new(Array.Empty<DateChange>().ToLookup(_ => Guid.Empty), Array.Empty<Milestone>().ToLookup(_ => Guid.Empty));

    /// <param name="shipmentIds">A query of the shipments' ids, a constant text of this service.</param>
    public static async Task<ShipmentHistories> Load(Tx tx, string shipmentIds, object parameters)
    {
        var dates = await tx.Query<DateRow>($"{SelectDates} where shipment_id in ({shipmentIds}) order by shipment_id, number", parameters);
        var milestones = await tx.Query<MilestoneRow>(
            $"{SelectMilestones} where shipment_id in ({shipmentIds}) order by shipment_id, number", parameters);
        return new ShipmentHistories(
            dates.ToLookup(row => row.ShipmentId, row => row.ToChange()),
            milestones.ToLookup(row => row.ShipmentId, row => row.ToMilestone()));
    }

    public Shipment Join(ShipmentRow row) => row.ToShipment([.. _dates[row.Id]], [.. _milestones[row.Id]]);

    /// <summary>Adds what a step added.</summary>
    public static async Task Save(Tx tx, ShipmentStep step)
    {
        foreach (var change in step.After.DateHistory.Skip(step.Before?.DateHistory.Count ?? 0))
            await tx.Execute(InsertDate, DateRow.Of(step.After.Id, change));
        foreach (var milestone in step.After.Milestones.Skip(step.Before?.Milestones.Count ?? 0))
        {
            var row = MilestoneRow.Of(step.After.Id, milestone);
            await tx.Execute(InsertMilestone, row);
            if (milestone.Supersedes != 0)
                await tx.Execute(Supersede, row);
        }
    }

    private sealed class DateRow
    {
        public Guid ShipmentId { get; init; }

        public long Number { get; init; }

        public string Kind { get; init; } = "";

        public DateOnly? OldDate { get; init; }

        public DateOnly? NewDate { get; init; }

        public string Reason { get; init; } = "";

        public string Source { get; init; } = "";

        public DateTimeOffset RecordedAt { get; init; }

        public static DateRow Of(Guid shipmentId, DateChange change) => new()
        {
            ShipmentId = shipmentId,
            Number = change.Number,
            Kind = DateNames.Of(change.Kind),
            OldDate = change.OldDate,
            NewDate = change.NewDate,
            Reason = change.Reason,
            Source = change.Source,
            RecordedAt = change.RecordTime,
        };

        public DateChange ToChange() => new(Number, DateNames.Parse(Kind), OldDate, NewDate, Reason, Source, RecordedAt);
    }

    private sealed class MilestoneRow
    {
        public Guid ShipmentId { get; init; }

        public long Number { get; init; }

        public string Kind { get; init; } = "";

        public DateTimeOffset EventTime { get; init; }

        public DateTimeOffset RecordedAt { get; init; }

        public string? Location { get; init; }

        public string? Note { get; init; }

        public long Supersedes { get; init; }

        public long SupersededBy { get; init; }

        public string Actor { get; init; } = "";

        public static MilestoneRow Of(Guid shipmentId, Milestone milestone) => new()
        {
            ShipmentId = shipmentId,
            Number = milestone.Number,
            Kind = MilestoneNames.Of(milestone.Kind),
            EventTime = milestone.EventTime,
            RecordedAt = milestone.RecordTime,
            Location = milestone.Location,
            Note = milestone.Note,
            Supersedes = milestone.Supersedes,
            SupersededBy = milestone.SupersededBy,
            Actor = milestone.Actor,
        };

        public Milestone ToMilestone() =>
            new(Number, MilestoneNames.Parse(Kind), EventTime, RecordedAt, Location, Note, Supersedes, SupersededBy, Actor);
    }
}
