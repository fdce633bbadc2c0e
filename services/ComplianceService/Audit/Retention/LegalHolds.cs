using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit.Retention;

internal enum LegalHoldState
{
    Placed,
    LiftProposed,
    Lifted,
}

/// <summary>A row of the table legal_holds.</summary>
internal sealed record LegalHoldRow
{
    public const string Collection = "legalHolds";

    public Guid Id { get; init; }

    public string Shipment { get; init; } = "";

    public string State { get; init; } = "";

    public string Reason { get; init; } = "";

    public string PlacedBy { get; init; } = "";

    public string LiftProposedBy { get; init; } = "";

    public string LiftNote { get; init; } = "";

    public string LiftedBy { get; init; } = "";

    public long Version { get; init; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public string Name => WireName.Of(Collection, Id);

    public V1.LegalHold ToMessage() => new()
    {
        Name = Name,
        Etag = Etag.Of(Version),
        State = Codes<LegalHoldState>.Parse(State) switch
        {
            LegalHoldState.Placed => V1.LegalHold.Types.State.Placed,
            LegalHoldState.LiftProposed => V1.LegalHold.Types.State.LiftProposed,
            _ => V1.LegalHold.Types.State.Lifted,
        },
        Shipment = Shipment,
        Reason = Reason,
        PlacedBy = PlacedBy,
        LiftProposedBy = LiftProposedBy,
        LiftedBy = LiftedBy,
        CreateTime = CreatedAt.ToTimestamp(),
        UpdateTime = UpdatedAt.ToTimestamp(),
    };
}

/// <summary>Legal holds as rows.</summary>
internal static class LegalHolds
{
    private const string Columns = """
        legal_hold_id as Id, shipment as Shipment, state as State, reason as Reason, placed_by as PlacedBy,
        lift_proposed_by as LiftProposedBy, lift_note as LiftNote, lifted_by as LiftedBy, version as Version, created_at as CreatedAt,
        updated_at as UpdatedAt
        """;

    private const string InsertSql = """
        insert into legal_holds (legal_hold_id, shipment, state, reason, placed_by, lift_proposed_by, lift_note, lifted_by, version,
            created_at, updated_at)
        values (@Id, @Shipment, @State, @Reason, @PlacedBy, @LiftProposedBy, @LiftNote, @LiftedBy, @Version, @CreatedAt, @UpdatedAt)
        """;

    private const string UpdateSql = """
        update legal_holds set state = @State, lift_proposed_by = @LiftProposedBy, lift_note = @LiftNote, lifted_by = @LiftedBy,
            version = @Version, updated_at = @UpdatedAt
        where legal_hold_id = @Id and version = @Version - 1
        """;

    /// <summary>The one that stands; null where none does.</summary>
    public static Task<LegalHoldRow?> Standing(Tx tx, string shipment) =>
        tx.QueryFirstOrDefault<LegalHoldRow>($"select {Columns} from legal_holds where shipment = @shipment and state <> 'LIFTED'", new { shipment });

    public static Task<LegalHoldRow?> Find(Tx tx, Guid id) =>
        tx.QueryFirstOrDefault<LegalHoldRow>($"select {Columns} from legal_holds where legal_hold_id = @id", new { id });

    public static Task Insert(Tx tx, LegalHoldRow row) => tx.Execute(InsertSql, row);

    public static async Task Update(Tx tx, LegalHoldRow row)
    {
        if (await tx.Execute(UpdateSql, row) != 1)
            throw new InvalidOperationException($"{row.Name} changed under its transaction.");
    }
}
