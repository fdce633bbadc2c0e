using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit.Anchoring;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Checkpoints;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>Answers for the head of the chain and for lists of its entries, newest first.</summary>
internal sealed class ReadTrail(ComplianceDb db, AnchorKeeper anchors)
{
    private static readonly IReadOnlyList<ListField> Fields =
    [
        new("kind", "kind", ListFieldKind.Text, Sortable: false),
        new("subject", "subject", ListFieldKind.Text, Sortable: false),
        new("shipment", "shipment", ListFieldKind.Text, Sortable: false),
        new("order", "order_name", ListFieldKind.Text, Sortable: false),
        new("actor", "actor", ListFieldKind.Text, Sortable: false),
        new("action", "action", ListFieldKind.Text, Sortable: false),
        new("outcome", "outcome", ListFieldKind.Text, Sortable: false),
        new("seq", "seq", ListFieldKind.Number, Sortable: true),
        new("record_time", "recorded_at", ListFieldKind.Instant, Sortable: true) { StoredAsText = true },
    ];

    public async Task<V1.AuditHead> Head(CancellationToken cancellation)
    {
        var (head, checkpoint) = await db.Read(
            async tx => (await AuditChain.Head(tx), await CheckpointStore.Last(tx)), cancellation);
        return new V1.AuditHead
        {
            Seq = head.Seq,
            Hash = head.Hash,
            CheckpointSize = checkpoint?.Size ?? 0,
            CheckpointRoot = checkpoint?.Root ?? "",
            Anchored = anchors.IsSet,
            AnchorMismatch = anchors.Mismatch?.Detail ?? "",
        };
    }

    public async Task<V1.ListAuditEntriesResponse> List(V1.ListAuditEntriesRequest request, CancellationToken cancellation)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "desc");
        var sql = query.Sql();
        var rows = await db.Read(
            tx => tx.Query<ChainRow>(
                $"""
                select {ChainRow.Columns}, {query.OrderColumn()} as OrderKey
                from audit_chain where {sql.Where} {sql.OrderBy} {tx.Dialect.Page()}
                """,
                sql.Parameters),
            cancellation);
        var response = new V1.ListAuditEntriesResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        response.AuditEntries.AddRange(query.Page(rows).Select(AuditMapping.Of));
        return response;
    }
}
