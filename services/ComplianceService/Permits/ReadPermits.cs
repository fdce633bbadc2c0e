using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>Answers for one permit and for lists of them, newest first.</summary>
internal sealed class ReadPermits(ComplianceDb db)
{
    private static readonly IReadOnlyList<ListField> Fields =
    [
        new("shipment", "shipment", ListFieldKind.Text, Sortable: false),
        new("order", "order_name", ListFieldKind.Text, Sortable: false),
        new("state", "state", ListFieldKind.Text, Sortable: false),
        new("ship_date", "ship_date", ListFieldKind.Date, Sortable: true),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: true),
    ];

    public async Task<V1.Permit> Get(V1.GetPermitRequest request, CancellationToken cancellation)
    {
        var id = WireName.Require(request.Name, Names.Permits);
        var permit = await db.Read(tx => PermitStore.Find(tx, id), cancellation);
        return PermitMapping.Of(permit ?? throw new Refusal(ComplianceReasons.PermitUnknown, $"{request.Name} does not exist."));
    }

    public async Task<V1.ListPermitsResponse> List(V1.ListPermitsRequest request, CancellationToken cancellation)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "desc");
        var sql = query.Sql();
        var rows = await db.Read(
            tx => tx.Query<PermitRow>(
                $"""
                select {PermitStore.Columns}, {query.OrderColumn()} as OrderKey
                from permits where {sql.Where} {sql.OrderBy} {tx.Dialect.Page()}
                """,
                sql.Parameters),
            cancellation);
        var response = new V1.ListPermitsResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        response.Permits.AddRange(query.Page(rows).Select(row => PermitMapping.Of(row.ToPermit())));
        return response;
    }
}
