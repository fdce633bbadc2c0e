using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Catalog;

internal static class PartStore
{
    private const string PartColumns = """
        seq as Seq, id as Id, part_number as PartNumber, family as Family, vendor as Vendor, version as Version, created_at as CreatedAt,
        updated_at as UpdatedAt
        """;

    private const string RevisionColumns = """
        id as Id, part_number as PartNumber, number as Number, base_number as BaseNumber, state as State, recorded_at as RecordedAt,
        family as Family, vendor as Vendor, description as Description, tpp as Tpp, performance_density as PerformanceDensity,
        die_area_mm2 as DieAreaMm2, io_bandwidth_gbps as IoBandwidthGbps, memory_bandwidth_gbps as MemoryBandwidthGbps,
        designed_for_data_center as DesignedForDataCenter, source as Source, certainty as Certainty, proposed_by as ProposedBy,
        decided_by as DecidedBy, note as Note, version as Version, created_at as CreatedAt, updated_at as UpdatedAt
        """;

    private const string SelectPart = $"select {PartColumns} from parts where part_number = @partNumber";

    public static Task<PartRow?> Find(Tx tx, string partNumber) => tx.QueryFirstOrDefault<PartRow>(SelectPart, new { partNumber });

    private const string InsertPart = """
        insert into parts (id, part_number, family, vendor, version, created_at, updated_at)
        values (@Id, @PartNumber, @Family, @Vendor, @Version, @CreatedAt, @UpdatedAt)
        """;

    public static Task Insert(Tx tx, PartRow row) => tx.Execute(InsertPart, row);

    private const string UpdatePart = """
        update parts set family = @Family, vendor = @Vendor, version = @Version, updated_at = @UpdatedAt
        where part_number = @PartNumber and version = @Version - 1
        """;

    /// <summary>Writes the next version of a part; false when somebody wrote one before.</summary>
    public static async Task<bool> Update(Tx tx, PartRow row) => await tx.Execute(UpdatePart, row) == 1;

    private const string SelectRevisions = $"select {RevisionColumns} from part_revisions where part_number = @partNumber order by number";

    public static Task<IReadOnlyList<PartRevisionRow>> RevisionsOf(Tx tx, string partNumber) =>
        tx.Query<PartRevisionRow>(SelectRevisions, new { partNumber });

    private const string SelectApproved = $"select {RevisionColumns} from part_revisions where state = 'APPROVED' order by seq";

    public static Task<IReadOnlyList<PartRevisionRow>> Approved(Tx tx) => tx.Query<PartRevisionRow>(SelectApproved);

    private const string InsertRevision = """
        insert into part_revisions
            (id, part_number, number, base_number, state, recorded_at, family, vendor, description, tpp, performance_density, die_area_mm2,
             io_bandwidth_gbps, memory_bandwidth_gbps, designed_for_data_center, source, certainty, proposed_by, decided_by, note, version,
             created_at, updated_at)
        values
            (@Id, @PartNumber, @Number, @BaseNumber, @State, @RecordedAt, @Family, @Vendor, @Description, @Tpp, @PerformanceDensity,
             @DieAreaMm2, @IoBandwidthGbps, @MemoryBandwidthGbps, @DesignedForDataCenter, @Source, @Certainty, @ProposedBy, @DecidedBy,
             @Note, @Version, @CreatedAt, @UpdatedAt)
        """;

    public static Task Insert(Tx tx, PartRevisionRow row) => tx.Execute(InsertRevision, row);

    private const string UpdateDecided = """
        update part_revisions
        set state = @State, recorded_at = @RecordedAt, decided_by = @DecidedBy, note = @Note, version = @Version, updated_at = @UpdatedAt
        where id = @Id and state = 'PROPOSED' and version = @Version - 1
        """;

    /// <summary>Closes a proposal; false when somebody closed it before.</summary>
    public static async Task<bool> Decide(Tx tx, PartRevisionRow row) => await tx.Execute(UpdateDecided, row) == 1;

    /// <summary>Rows of a list; <paramref name="where"/> and <paramref name="order"/> come from a parsed list request.</summary>
    public static Task<IReadOnlyList<PartRow>> List(Tx tx, string where, string order, object parameters) =>
        tx.Query<PartRow>($"select {PartColumns} from parts where {where} {order} {tx.Dialect.Page()}", parameters);
}
