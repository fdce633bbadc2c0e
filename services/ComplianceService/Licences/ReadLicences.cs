using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>GetLicence with its ledger, and ListLicences.</summary>
internal sealed class ReadLicences(ComplianceDb db, TimeProvider clock)
{
    public const int MovementsMax = 1_000;

    private static readonly ListField[] Fields =
    [
        new("state", "shown_state", ListFieldKind.Text, Sortable: false),
        new("kind", "kind", ListFieldKind.Text, Sortable: false),
        new("number", "number", ListFieldKind.Text, Sortable: true),
        new("authority", "authority", ListFieldKind.Text, Sortable: false),
        new("licensee", "licensee", ListFieldKind.Text, Sortable: false),
        new("registered_by", "registered_by", ListFieldKind.Text, Sortable: false),
        new("valid_from", "valid_from", ListFieldKind.Date, Sortable: true),
        new("valid_to", "valid_to", ListFieldKind.Date, Sortable: true),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: true),
        Among("rule", "licence_rules", "[rule]"),
        Among("part_number", "licence_lines", "part_number"),
        Among("family", "licence_lines", "family"),
        Among("control_paragraph", "licence_lines", "control_paragraph"),
        Among("party", "licence_parties", "name"),
        Among("destination_country", "licence_destinations", "country"),
    ];

    // Expired and exhausted are no stored states: they come with the calendar and the ledger.
    private const string Listed = """
        from (
            select l.*,
                case
                    when l.state <> 'ACTIVE' then l.state
                    when l.valid_to < @dayEverywhere then 'EXPIRED'
                    when not exists (
                        select 1 from licence_lines n
                        where n.licence_id = l.id and (n.quantity is null or n.quantity - n.reserved_quantity - n.drawn_quantity > 0)
                            and (n.value_limit_minor is null or n.value_limit_minor - n.used_value_minor > 0)) then 'EXHAUSTED'
                    else 'ACTIVE'
                end as shown_state
            from licences l
        ) listed
        """;

    public Task<GetLicenceResponse> Get(GetLicenceRequest request, ServerCallContext context)
    {
        var id = WireName.Require(request.Name, "licences");
        return db.Read(
            async tx =>
            {
                var licence = await LicenceStore.Find(tx, id) ?? throw new Refusal(
                    RegisterReasons.LicenceUnknown, $"There is no licence {request.Name}.");
                var response = new GetLicenceResponse { Licence = LicenceMapping.Of(licence, clock.GetUtcNow()) };
                response.Movements.AddRange((await LicenceLedger.Movements(tx, id, MovementsMax)).Select(LicenceMapping.Of));
                return response;
            },
            context.CancellationToken);
    }

    public Task<ListLicencesResponse> List(ListLicencesRequest request, ServerCallContext context)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "");
        return db.Read(tx => Page(tx, query), context.CancellationToken);
    }

    private async Task<ListLicencesResponse> Page(Tx tx, ListQuery query)
    {
        var now = clock.GetUtcNow();
        var (where, order, parameters, _) = query.Sql();
        parameters.Add("dayEverywhere", LicenceMapping.DayEverywhere(now));
        var rows = await tx.Query<LicenceRow>(
            $"select {LicenceStore.Columns}, {query.OrderColumn()} as OrderKey {Listed} where {where} {order} {tx.Dialect.Page()}", parameters);
        var response = new ListLicencesResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        foreach (var row in query.Page(rows))
            response.Licences.Add(LicenceMapping.Of(await LicenceStore.Whole(tx, row), now));
        return response;
    }

    private static ListField Among(string name, string table, string column) =>
        new(name, $"among.{column}", ListFieldKind.Text, Sortable: false)
        {
            Among = $"listed.id in (select among.licence_id from {table} among where {{0}})",
        };
}
