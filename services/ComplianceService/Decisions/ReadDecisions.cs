using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>Answers for one stored decision and for lists of them, newest first.</summary>
internal sealed class ReadDecisions(ComplianceDb db)
{
    /// <summary>What decisions can be chosen by.</summary>
    public static readonly IReadOnlyList<ListField> Fields =
    [
        new("shipment", "shipment", ListFieldKind.Text, Sortable: false),
        new("number", "number", ListFieldKind.Number, Sortable: false),
        new("outcome", "outcome", ListFieldKind.Text, Sortable: false),
        new("occasion", "occasion", ListFieldKind.Text, Sortable: false),
        new("part_number", "part_number", ListFieldKind.Text, Sortable: false),
        new("destination_country", "destination_country", ListFieldKind.Text, Sortable: false),
        new("ship_date", "ship_date", ListFieldKind.Date, Sortable: true),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: true),
        .. DecisionTerms.Fields,
    ];

    public async Task<V1.Decision> Get(V1.GetDecisionRequest request, CancellationToken cancellation)
    {
        var id = WireName.Require(request.Name, Names.Decisions);
        return await db.Read(tx => DecisionStore.Find(tx, id), cancellation)
            ?? throw new Refusal(ComplianceReasons.DecisionUnknown, $"{request.Name} does not exist.");
    }

    public async Task<V1.ListDecisionsResponse> List(V1.ListDecisionsRequest request, CancellationToken cancellation)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "desc");
        var sql = query.Sql();
        var rows = await db.Read(
            tx => tx.Query<Row>(
                $"""
                select seq as Seq, {query.OrderColumn()} as OrderKey, body as Body
                from decisions where {sql.Where} {sql.OrderBy} {tx.Dialect.Page()}
                """,
                sql.Parameters),
            cancellation);
        var response = new V1.ListDecisionsResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        response.Decisions.AddRange(query.Page(rows).Select(row => V1.Decision.Parser.ParseFrom(row.Body)));
        return response;
    }

    private sealed class Row
    {
        public long Seq { get; init; }

        public object? OrderKey { get; init; }

        public byte[] Body { get; init; } = [];
    }
}
