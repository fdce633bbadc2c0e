using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>GetPart and ListParts.</summary>
internal sealed class ReadParts(ComplianceDb db, Knowledge knowledge, TimeProvider clock)
{
    private static readonly ListField[] Fields =
    [
        new("part_number", "part_number", ListFieldKind.Text, Sortable: true),
        new("family", "family", ListFieldKind.Text, Sortable: false),
        new("vendor", "vendor", ListFieldKind.Text, Sortable: false),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: false),
        new("update_time", "updated_at", ListFieldKind.Instant, Sortable: false),
    ];

    public Task<V1.Part> Get(GetPartRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        var partNumber = PartStatements.ParseName(request.Name, violations);
        violations.ThrowIfAny();
        return db.Read(
            async tx => await PartStore.Find(tx, partNumber!) is { } row
                ? await Whole(tx, row, await knowledge.Current(tx))
                : throw new Refusal(RegisterReasons.PartUnknown, $"There is no part {partNumber}."),
            context.CancellationToken);
    }

    public Task<ListPartsResponse> List(ListPartsRequest request, ServerCallContext context)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "part_number");
        return db.Read(tx => Page(tx, query), context.CancellationToken);
    }

    private async Task<ListPartsResponse> Page(Tx tx, ListQuery query)
    {
        var (where, order, parameters, _) = query.Sql();
        var rows = await PartStore.List(tx, where, order, parameters);
        var head = await knowledge.Current(tx);
        var response = new ListPartsResponse { NextPageToken = query.NextToken(rows, row => row.PartNumber, row => row.Seq) };
        foreach (var row in query.Page(rows))
            response.Parts.Add(await Whole(tx, row, head));
        return response;
    }

    private async Task<V1.Part> Whole(Tx tx, PartRow row, KnowledgeHead head) => PartMapping.Of(
        row,
        head.Catalogue.Revisions(row.PartNumber),
        await PartStore.RevisionsOf(tx, row.PartNumber),
        head.Catalogue.Find(row.PartNumber, head.KnownNow(clock.GetUtcNow())));
}
