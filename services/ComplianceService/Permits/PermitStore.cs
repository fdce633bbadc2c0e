using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>Permits as rows.</summary>
internal static class PermitStore
{
    public const string Columns = """
        seq as Seq, permit_id as PermitId, request_id as RequestId, state as State, shipment as Shipment, order_name as OrderName,
        shipment_revision as ShipmentRevision, ship_date as ShipDate, decision_id as DecisionId, licence_ids as LicenceIds,
        facts_digest as FactsDigest, revoke_reason as RevokeReason, revoked_at as RevokedAt, version as Version, created_at as CreatedAt,
        updated_at as UpdatedAt
        """;

    private const string InsertSql = """
        insert into permits (permit_id, request_id, state, shipment, order_name, shipment_revision, ship_date, decision_id, licence_ids,
            facts_digest, revoke_reason, revoked_at, version, created_at, updated_at)
        values (@PermitId, @RequestId, @State, @Shipment, @OrderName, @ShipmentRevision, @ShipDate, @DecisionId, @LicenceIds,
            @FactsDigest, @RevokeReason, @RevokedAt, @Version, @CreatedAt, @UpdatedAt)
        """;

    private const string UpdateSql = """
        update permits set state = @State, revoke_reason = @RevokeReason, revoked_at = @RevokedAt, version = @Version,
            updated_at = @UpdatedAt
        where permit_id = @PermitId and version = @Version - 1
        """;

    public static Task<Permit?> Find(Tx tx, Guid id) => One(tx, "permit_id = @id", new { id });

    public static Task<Permit?> OfRequest(Tx tx, Guid requestId) => One(tx, "request_id = @requestId", new { requestId });

    /// <summary>The permit that counts; null where there is none.</summary>
    public static Task<Permit?> Granted(Tx tx, Guid shipmentId) =>
        One(tx, "shipment = @shipment and state = 'GRANTED'", new { shipment = Names.Shipment(shipmentId) });

    /// <summary>The last one granted, revoked or not.</summary>
    public static Task<Permit?> Newest(Tx tx, Guid shipmentId) =>
        One(tx, "shipment = @shipment order by seq desc", new { shipment = Names.Shipment(shipmentId) });

    public static async Task Insert(Tx tx, Permit permit)
    {
        await tx.Execute(InsertSql, PermitRow.Of(permit));
        await RecordChain.Permit(tx, permit.Id, permit.UpdatedAt);
    }

    public static async Task Update(Tx tx, Permit permit)
    {
        if (await tx.Execute(UpdateSql, PermitRow.Of(permit)) != 1)
            throw new InvalidOperationException($"Permit {permit.Id} changed under its transaction.");
        await RecordChain.Permit(tx, permit.Id, permit.UpdatedAt);
    }

    private static async Task<Permit?> One(Tx tx, string condition, object parameters) =>
        (await tx.QueryFirstOrDefault<PermitRow>($"select {Columns} from permits where {condition}", parameters))?.ToPermit();
}
