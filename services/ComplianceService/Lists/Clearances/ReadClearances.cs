using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Lists.Clearances;

/// <summary>One clearance, and lists of them.</summary>
internal sealed class ReadClearances(ComplianceDb db)
{
    private static readonly ListField[] Fields =
    [
        new("state", "state", ListFieldKind.Text, Sortable: false),
        new("party_name", "party_name", ListFieldKind.Text, Sortable: false),
        new("party_country", "party_country", ListFieldKind.Text, Sortable: false),
        new("entry", "entry", ListFieldKind.Text, Sortable: false),
        new("proposed_by", "proposed_by", ListFieldKind.Text, Sortable: false),
        new("valid_to", "valid_to", ListFieldKind.Date, Sortable: true),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: true),
    ];

    public async Task<V1.Clearance> Get(GetClearanceRequest request, ServerCallContext context)
    {
        var id = WireName.Require(request.Name, ListNames.Clearances);
        var row = await db.Read(tx => ClearanceStore.Find(tx, id), context.CancellationToken);
        return row is null ? throw new Refusal(ListReasons.ClearanceUnknown, $"There is no clearance {request.Name}.") : ListMapping.Of(row);
    }

    public async Task<ListClearancesResponse> List(ListClearancesRequest request, ServerCallContext context)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "desc");
        var sql = query.Sql();
        var rows = await db.Read(
            tx => tx.Query<ClearanceRow>(
                $"""
                select {ClearanceStore.Columns}, {query.OrderColumn()} as OrderKey from clearances
                where {sql.Where} {sql.OrderBy} {tx.Dialect.Page()}
                """,
                sql.Parameters),
            context.CancellationToken);
        var response = new ListClearancesResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        response.Clearances.AddRange(query.Page(rows).Select(ListMapping.Of));
        return response;
    }
}
