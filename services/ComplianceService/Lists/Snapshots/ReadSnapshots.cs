using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Lists.Snapshots;

/// <summary>Snapshots and what they changed.</summary>
internal sealed class ReadSnapshots(ComplianceDb db)
{
    private const string EveryList = "lists/-";

    private static readonly ListField[] Fields =
    [
        new("state", "state", ListFieldKind.Text, Sortable: false),
        new("imported_by", "imported_by", ListFieldKind.Text, Sortable: false),
        new("as_of", "as_of", ListFieldKind.Date, Sortable: true),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: true),
    ];

    private static readonly ListField[] ChangeFields =
    [
        new("kind", "c.kind", ListFieldKind.Text, Sortable: false),
        new("entry", "c.entry", ListFieldKind.Text, Sortable: true),
    ];

    public async Task<V1.ListSnapshot> Get(GetListSnapshotRequest request, ServerCallContext context)
    {
        ListNames.RequireSnapshot(request.Name);
        var row = await db.Read(tx => ListStore.Find(tx, request.Name), context.CancellationToken);
        return row is null ? throw new Refusal(ListReasons.SnapshotUnknown, $"There is no snapshot {request.Name}.") : ListMapping.Of(row);
    }

    public async Task<ListListSnapshotsResponse> List(ListListSnapshotsRequest request, ServerCallContext context)
    {
        if (!ListNames.TryList(request.Parent, out var list) && request.Parent != EveryList)
            Violations.Throw("parent", BuildingReasons.NameInvalid, request.Parent, $"lists/{{list}}, or {EveryList} for all");
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "desc");
        var sql = query.Sql();
        sql.Parameters.Add("list", list);
        var rows = await db.Read(
            tx => tx.Query<SnapshotRow>(
                $"""
                select {ListStore.SnapshotColumns}, {query.OrderColumn()} as OrderKey from list_snapshots
                where {sql.Where} and (@list = '' or list = @list) {sql.OrderBy} {tx.Dialect.Page()}
                """,
                sql.Parameters),
            context.CancellationToken);
        var response = new ListListSnapshotsResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        foreach (var row in query.Page(rows))
        {
            var snapshot = ListMapping.Of(row);
            snapshot.Repairs.Clear();
            response.Snapshots.Add(snapshot);
        }

        return response;
    }

    public async Task<ListListEntryChangesResponse> Changes(ListListEntryChangesRequest request, ServerCallContext context)
    {
        var (list, number) = ListNames.RequireSnapshot(request.Parent, "parent");
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, ChangeFields, "");
        var sql = query.Sql("c.seq");
        sql.Parameters.Add("list", list);
        sql.Parameters.Add("number", number);
        var rows = await db.Read(
            async tx => await ListStore.Find(tx, request.Parent) is null
                ? throw new Refusal(ListReasons.SnapshotUnknown, $"There is no snapshot {request.Parent}.")
                : await tx.Query<ChangeRow>(
                    $"""
                    select {ListStore.ChangeColumns}, {query.OrderColumn("c.seq")} as OrderKey from {ListStore.ChangeTables}
                    where {sql.Where} and c.list = @list and c.number = @number {sql.OrderBy} {tx.Dialect.Page()}
                    """,
                    sql.Parameters),
            context.CancellationToken);
        var response = new ListListEntryChangesResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        response.Changes.AddRange(query.Page(rows).Select(ListMapping.Of));
        return response;
    }
}
