using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Shipments;

/// <summary>Known shipments as rows.</summary>
internal static class ShipmentStore
{
    public const string Columns = """
        seq as Seq, shipment_id as ShipmentId, order_id as OrderId, sequence as Sequence, revision as Revision, phase as Phase,
        facts as Facts, departed_date as DepartedDate, screened_revision as ScreenedRevision, decision_id as DecisionId,
        decision_number as DecisionNumber, decision_signature as DecisionSignature, outcome as Outcome,
        decided_ship_date as DecidedShipDate, overdue as Overdue, screening_number as ScreeningNumber, standing as Standing,
        standing_reasons as StandingReasons, known_version as KnownVersion, decide_again_at as DecideAgainAt
        """;

    private const string FindSql = $"select {Columns} from shipments where shipment_id = @id";

    private const string InsertSql = """
        insert into shipments (shipment_id, order_id, sequence, revision, phase, facts, part_number, place_time_zone, planned_ship_date,
            departed_date, screened_revision, decision_id, decision_number, decision_signature, outcome, decided_ship_date, overdue,
            screening_number, standing, standing_reasons, known_version, decide_again_at)
        values (@ShipmentId, @OrderId, @Sequence, @Revision, @Phase, @Facts, @PartNumber, @PlaceTimeZone, @PlannedShipDate,
            @DepartedDate, @ScreenedRevision, @DecisionId, @DecisionNumber, @DecisionSignature, @Outcome, @DecidedShipDate, @Overdue,
            @ScreeningNumber, @Standing, @StandingReasons, @KnownVersion, @DecideAgainAt)
        """;

    private const string UpdateSql = """
        update shipments set sequence = @Sequence, revision = @Revision, phase = @Phase, facts = @Facts, part_number = @PartNumber,
            place_time_zone = @PlaceTimeZone, planned_ship_date = @PlannedShipDate, departed_date = @DepartedDate,
            screened_revision = @ScreenedRevision, decision_id = @DecisionId, decision_number = @DecisionNumber,
            decision_signature = @DecisionSignature, outcome = @Outcome, decided_ship_date = @DecidedShipDate, overdue = @Overdue,
            screening_number = @ScreeningNumber, standing = @Standing, standing_reasons = @StandingReasons,
            known_version = @KnownVersion, decide_again_at = @DecideAgainAt
        where shipment_id = @ShipmentId
        """;

    // By seq alone: what a run has covered is most of what knows an older version.
    private const string BehindSql = """
        select seq as Seq, shipment_id as ShipmentId from shipments
        where phase in ('OPEN', 'PERMITTED') and +known_version < @version and seq > @after
        order by seq
        """;

    // What can be said of a row without its values is said by the statement: a million rows are read at a time.
    private const string NarrowSql = """
        select seq as Seq, shipment_id as Id, facts as Facts, decision_signature as DecisionSignature, decided_ship_date as DecidedShipDate,
            overdue as Overdue, case when phase in ('OPEN', 'PERMITTED') then 1 else 0 end as IsHere,
            case when phase = 'OPEN' and decision_id is not null and screened_revision = revision and decide_again_at > @now
                and (@next is null or decide_again_at <= @next) then 1 else 0 end as IsCurrent
        from shipments where seq > @after and seq <= @last
        order by seq
        """;

    // Everything a decision moves; facts and phase stay.
    private const string DecidedSql = """
        update shipments set screened_revision = @ScreenedRevision, decision_id = @DecisionId, decision_number = @DecisionNumber,
            decision_signature = @DecisionSignature, outcome = @Outcome, decided_ship_date = @DecidedShipDate, overdue = @Overdue,
            screening_number = @ScreeningNumber, standing = @Standing, standing_reasons = @StandingReasons,
            known_version = @KnownVersion, decide_again_at = @DecideAgainAt
        where shipment_id = @Id
        """;

    private const string AsReadSql = """
        select count(*) from shipments
        where seq = @Seq and phase = @Phase and sequence = @Sequence and revision = @Revision and decision_number = @DecisionNumber
            and screening_number = @ScreeningNumber and known_version = @KnownVersion
            and (decide_again_at = @DecideAgainAt or (decide_again_at is null and @DecideAgainAt is null))
        """;

    private const string DueSql = """
        select seq as Seq, shipment_id as ShipmentId from shipments
        where phase in ('OPEN', 'PERMITTED') and decide_again_at <= @now and seq > @after
        order by seq
        """;

    public static async Task<KnownShipment?> Find(Tx tx, Guid id) =>
        (await tx.QueryFirstOrDefault<ShipmentRow>(FindSql, new { id }))?.ToShipment();

    public static async Task Insert(Tx tx, KnownShipment shipment)
    {
        await tx.Execute(InsertSql, ShipmentRow.Of(shipment));
        await ShipmentParties.Add(tx, shipment.Id, shipment.Facts.Parties);
    }

    public static async Task Update(Tx tx, KnownShipment shipment)
    {
        await tx.Execute(UpdateSql, ShipmentRow.Of(shipment));
        if (!(shipment.StoredParties ?? []).SequenceEqual(shipment.Facts.Parties))
            await ShipmentParties.Replace(tx, shipment.Id, shipment.Facts.Parties);
    }

    /// <summary>Stores what a decision about a shipment came to, whose facts and phase are as they were.</summary>
    public static Task UpdateDecided(Tx tx, KnownShipment shipment) => tx.Execute(
        DecidedSql,
        new
        {
            shipment.Id,
            shipment.ScreenedRevision,
            shipment.DecisionId,
            shipment.DecisionNumber,
            shipment.DecisionSignature,
            shipment.Outcome,
            shipment.DecidedShipDate,
            Overdue = shipment.Overdue ? 1 : 0,
            shipment.ScreeningNumber,
            shipment.Standing,
            shipment.StandingReasons,
            shipment.KnownVersion,
            shipment.DecideAgainAt,
        });

    /// <summary>A batch, oldest first, of what was decided with less than is known now.</summary>
    /// <param name="after">Only those with a higher seq.</param>
    public static Task<IReadOnlyList<DueShipment>> Behind(Tx tx, long version, long after, int take) =>
        tx.Query<DueShipment>($"{BehindSql} {tx.Dialect.Page()}", new { version, after, take });

    /// <summary>A batch of all shipments in their order, as much of them as most need.</summary>
    /// <param name="now">What time has made due by now is not current.</param>
    /// <param name="next">When the next thing recorded becomes known; null: nothing waits.</param>
    /// <param name="after">Only those with a higher seq.</param>
    /// <param name="last">Only those up to this seq.</param>
    public static Task<IReadOnlyList<NarrowRow>> Batch(Tx tx, DateTimeOffset now, DateTimeOffset? next, long after, long last, int take) =>
        tx.Query<NarrowRow>($"{NarrowSql} {tx.Dialect.Page()}", new { now, next, after, last, take });

    /// <summary>The seq of the last shipment there is.</summary>
    public static Task<long> Last(Tx tx) => tx.Scalar<long>("select coalesce(max(seq), 0) from shipments");

    /// <summary>True where nothing has happened to a shipment since it was read.</summary>
    public static async Task<bool> IsAsRead(Tx tx, KnownShipment shipment) => await tx.QueryFirstOrDefault<long>(
        AsReadSql,
        new
        {
            shipment.Seq,
            Phase = Codes<ShipmentPhase>.Of(shipment.Phase),
            shipment.Sequence,
            shipment.Revision,
            shipment.DecisionNumber,
            shipment.ScreeningNumber,
            shipment.KnownVersion,
            shipment.DecideAgainAt,
        }) == 1;

    /// <summary>A batch, oldest first, of what time may have changed.</summary>
    public static Task<IReadOnlyList<DueShipment>> Due(Tx tx, DateTimeOffset now, long after, int take) =>
        tx.Query<DueShipment>($"{DueSql} {tx.Dialect.Page()}", new { now, after, take });
}

/// <summary>A shipment that is to be decided again.</summary>
internal sealed class DueShipment
{
    public long Seq { get; init; }

    public Guid ShipmentId { get; init; }
}

/// <summary>Of a shipment what shows whether its decision still stands.</summary>
internal sealed class NarrowRow
{
    public long Seq { get; init; }

    public string Id { get; init; } = "";

    public string Facts { get; init; } = "";

    public string DecisionSignature { get; init; } = "";

    public DateOnly? DecidedShipDate { get; init; }

    public long Overdue { get; init; }

    /// <summary>Not 0: it has not departed.</summary>
    public long IsHere { get; init; }

    /// <summary>Not 0: open, decided with its newest facts, and nothing is due.</summary>
    public long IsCurrent { get; init; }
}
