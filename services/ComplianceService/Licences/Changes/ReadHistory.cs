using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences.Changes;

/// <summary>The ledger and the versions of a licence, in pages.</summary>
internal sealed class ReadHistory(ComplianceDb db)
{
    private static readonly ListField[] MovementFields =
    [
        new("kind", "kind", ListFieldKind.Text, Sortable: false),
        new("line_number", "line_number", ListFieldKind.Number, Sortable: false),
        new("quantity", "quantity", ListFieldKind.Number, Sortable: false),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: true),
    ];

    private static readonly ListField[] VersionFields =
    [
        new("change", "change", ListFieldKind.Text, Sortable: false),
        new("actor", "actor", ListFieldKind.Text, Sortable: false),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: true),
    ];

    public Task<V1.ListLicenceMovementsResponse> Movements(V1.ListLicenceMovementsRequest request, ServerCallContext context)
    {
        var parent = WireName.Require(request.Parent, Names.Licences, "parent");
        Guid? shipment = request.Shipment.Length == 0 ? null : WireName.Require(request.Shipment, Names.Shipments, "shipment");
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, MovementFields, "");
        return db.Read(tx => Movements(tx, parent, shipment, query), context.CancellationToken);
    }

    private static async Task<V1.ListLicenceMovementsResponse> Movements(Tx tx, Guid parent, Guid? shipment, ListQuery query)
    {
        await RequireLicence(tx, parent);
        var (where, order, parameters, _) = query.Sql("sequence");
        parameters.Add("parent", parent);
        parameters.Add("shipment", shipment);
        var ofShipment = shipment is null ? "1 = 1" : "shipment_id = @shipment";
        var rows = await tx.Query<LicenceMovementRow>(
            $"""
            select {LicenceLedger.MovementColumns}, {query.OrderColumn("sequence")} as OrderKey
            from licence_movements where licence_id = @parent and {ofShipment} and {where} {order} {tx.Dialect.Page()}
            """,
            parameters);
        var response = new V1.ListLicenceMovementsResponse
        {
            NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Sequence),
        };
        response.Movements.AddRange(query.Page(rows).Select(LicenceMapping.Of));
        return response;
    }

    public Task<V1.ListLicenceVersionsResponse> Versions(V1.ListLicenceVersionsRequest request, ServerCallContext context)
    {
        var parent = WireName.Require(request.Parent, Names.Licences, "parent");
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, VersionFields, "");
        return db.Read(tx => Versions(tx, parent, query), context.CancellationToken);
    }

    private static async Task<V1.ListLicenceVersionsResponse> Versions(Tx tx, Guid parent, ListQuery query)
    {
        await RequireLicence(tx, parent);
        var (where, order, parameters, _) = query.Sql();
        parameters.Add("parent", parent);
        var rows = await tx.Query<VersionRow>(
            $"""
            select seq as Seq, {query.OrderColumn()} as OrderKey, revision as Revision, change as Change, actor as Actor, reason as Reason,
                body as Body, created_at as CreatedAt
            from licence_versions where licence_id = @parent and {where} {order} {tx.Dialect.Page()}
            """,
            parameters);
        var response = new V1.ListLicenceVersionsResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        response.Versions.AddRange(query.Page(rows).Select(row => row.ToVersion()));
        return response;
    }

    private static async Task RequireLicence(Tx tx, Guid id)
    {
        if (await tx.Scalar<long>("select count(*) from licences where id = @id", new { id }) == 0)
            throw new Refusal(RegisterReasons.LicenceUnknown, $"There is no licence licences/{id:D}.");
    }
}
