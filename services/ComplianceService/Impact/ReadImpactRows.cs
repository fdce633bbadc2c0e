using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.Compliance.V1;
using OrderTracking.Types.V1;
using Operation = Google.LongRunning.Operation;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>Pages of a simulation's rows.</summary>
internal sealed class ReadImpactRows(ComplianceDb db, Jobs<ComplianceDb> jobs)
{
    private static readonly IReadOnlyList<ListField> Fields =
    [
        new("direction", "direction", ListFieldKind.Text, Sortable: false),
        new("outcome_before", "outcome_before", ListFieldKind.Text, Sortable: false),
        new("outcome_after", "outcome_after", ListFieldKind.Text, Sortable: false),
        new("shipment", "shipment", ListFieldKind.Text, Sortable: false),
        new("order", "order_name", ListFieldKind.Text, Sortable: false),
        new("customer", "customer", ListFieldKind.Text, Sortable: false),
        new("part_number", "part_number", ListFieldKind.Text, Sortable: false),
        new("family", "family", ListFieldKind.Text, Sortable: false),
        new("destination_country", "destination_country", ListFieldKind.Text, Sortable: false),
        new("ship_date", "ship_date", ListFieldKind.Date, Sortable: false),
        new("units", "units", ListFieldKind.Number, Sortable: false),
    ];

    public Task<ListImpactRowsResponse> List(ListImpactRowsRequest request, CancellationToken cancellation)
    {
        var violations = new Violations();
        var id = OperationName.Parse(request.Operation, "operation", violations);
        violations.ThrowIfAny();
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, "", Fields, "");
        return db.Read(tx => List(tx, id!.Value, query), cancellation);
    }

    /// <summary>A simulation's operation.</summary>
    /// <exception cref="Refusal">SIMULATION_UNKNOWN.</exception>
    public static async Task<Operation> Require(Tx tx, Jobs<ComplianceDb> jobs, Guid id)
    {
        var operation = await jobs.Find(tx, id);
        if (operation?.Metadata.Unpack<JobMetadata>().Kind == SimulationJob.Name)
            return operation;
        throw new Refusal(ImpactReasons.SimulationUnknown, "There is no such simulation.")
        {
            Metadata = new Dictionary<string, string> { ["operation"] = OperationName.Of(id) },
        };
    }

    private async Task<ListImpactRowsResponse> List(Tx tx, Guid id, ListQuery query)
    {
        var operation = await Require(tx, jobs, id);
        var (where, order, parameters, _) = query.Sql();
        parameters.Add("job", id);
        var rows = await tx.Query<ImpactRow>(
            $"select {ImpactStore.Columns} from impact_rows where job_id = @job and {where} {order} {tx.Dialect.Page()}", parameters);
        var response = new ListImpactRowsResponse
        {
            NextPageToken = query.NextToken(rows, row => row.Seq, row => row.Seq),
            Complete = operation.ResultCase == Operation.ResultOneofCase.Response,
        };
        response.Rows.AddRange(query.Page(rows).Select(row => row.ToMessage()));
        return response;
    }
}
