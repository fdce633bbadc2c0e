using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>Answers for one hold and for lists of them, oldest first.</summary>
internal sealed class ReadHolds(ComplianceDb db)
{
    private static readonly IReadOnlyList<ListField> Fields =
    [
        new("state", "state", ListFieldKind.Text, Sortable: false),
        new("lapsed", "lapsed", ListFieldKind.Flag, Sortable: false),
        new("origin", "origin", ListFieldKind.Text, Sortable: false),
        new("hold_class", "hold_class", ListFieldKind.Text, Sortable: false),
        new("effect", "effect", ListFieldKind.Text, Sortable: false),
        new("reason", "reason", ListFieldKind.Text, Sortable: false),
        new("shipment", "shipment", ListFieldKind.Text, Sortable: false),
        new("order", "order_name", ListFieldKind.Text, Sortable: false),
        new("owner", "owner", ListFieldKind.Text, Sortable: false),
        new("part_number", "part_number", ListFieldKind.Text, Sortable: false),
        new("buyer", "buyer", ListFieldKind.Text, Sortable: false),
        new("destination_country", "destination_country", ListFieldKind.Text, Sortable: false),
        new("currency", "currency", ListFieldKind.Text, Sortable: false),
        new("value_minor", "value_minor", ListFieldKind.Number, Sortable: true),
        new("planned_ship_date", "planned_ship_date", ListFieldKind.Date, Sortable: true),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: true),
    ];

    public async Task<V1.Hold> Get(V1.GetHoldRequest request, CancellationToken cancellation)
    {
        var id = WireName.Require(request.Name, Names.Holds);
        var hold = await db.Read(tx => HoldStore.Find(tx, id), cancellation);
        return HoldMapping.Of(hold ?? throw Unknown(request.Name));
    }

    public async Task<V1.ListHoldsResponse> List(V1.ListHoldsRequest request, CancellationToken cancellation)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "");
        var sql = query.Sql();
        var (rows, holds) = await db.Read(
            async tx =>
            {
                var rows = await tx.Query<HoldRow>(
                    $"""
                    select {HoldStore.Columns}, {query.OrderColumn()} as OrderKey
                    from holds where {sql.Where} {sql.OrderBy} {tx.Dialect.Page()}
                    """,
                    sql.Parameters);
                return (rows, await HoldStore.WithReleases(tx, [.. query.Page(rows)]));
            },
            cancellation);
        var response = new V1.ListHoldsResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        response.Holds.AddRange(holds.Select(HoldMapping.Of));
        return response;
    }

    public static Refusal Unknown(string name) => new(ComplianceReasons.HoldUnknown, $"{name} does not exist.")
    {
        Metadata = new Dictionary<string, string> { ["name"] = name },
    };
}
