using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>Answers for lists of releases: what waits for a decision, and what no longer counts and why.</summary>
internal sealed class ReadReleases(ComplianceDb db)
{
    /// <summary>The parent that stands for every hold.</summary>
    private const string AllHolds = "holds/-";

    private static readonly IReadOnlyList<ListField> Fields =
    [
        new("state", "releases.state", ListFieldKind.Text, Sortable: false),
        new("reason_code", "releases.reason_code", ListFieldKind.Text, Sortable: false),
        new("proposed_by", "releases.proposed_by", ListFieldKind.Text, Sortable: false),
        new("decided_by", "releases.decided_by", ListFieldKind.Text, Sortable: false),
        new("hold_reason", "holds.reason", ListFieldKind.Text, Sortable: false),
        new("hold_class", "holds.hold_class", ListFieldKind.Text, Sortable: false),
        new("hold_state", "holds.state", ListFieldKind.Text, Sortable: false),
        new("shipment", "holds.shipment", ListFieldKind.Text, Sortable: false),
        new("order", "holds.order_name", ListFieldKind.Text, Sortable: false),
        new("first_ship_date", "releases.first_ship_date", ListFieldKind.Date, Sortable: true),
        new("last_ship_date", "releases.last_ship_date", ListFieldKind.Date, Sortable: true),
        new("create_time", "releases.created_at", ListFieldKind.Instant, Sortable: true),
        new("update_time", "releases.updated_at", ListFieldKind.Instant, Sortable: true),
    ];

    public async Task<V1.ListReleasesResponse> List(V1.ListReleasesRequest request, CancellationToken cancellation)
    {
        Guid? hold = request.Parent is "" or AllHolds ? null : WireName.Require(request.Parent, Names.Holds);
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "");
        var sql = query.Sql("releases.seq");
        sql.Parameters.Add("hold", hold);
        var rows = await db.Read(
            tx => tx.Query<ReleaseRow>(
                $"""
                select releases.seq as Seq, {query.OrderColumn("releases.seq")} as OrderKey, holds.shipment as Shipment,
                    holds.reason as HoldReason, {ReleaseStore.Columns}
                from releases join holds on holds.hold_id = releases.hold_id
                where {(hold is null ? "" : "releases.hold_id = @hold and")} {sql.Where} {sql.OrderBy} {tx.Dialect.Page()}
                """,
                sql.Parameters),
            cancellation);
        var response = new V1.ListReleasesResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        response.Releases.AddRange(query.Page(rows).Select(row => HoldMapping.Of(row.ToRelease(), row.Shipment, row.HoldReason)));
        return response;
    }
}
