using System.Globalization;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.Compliance.V1;
using Direction = OrderTracking.Compliance.V1.ImpactRow.Types.Direction;
using Operation = Google.LongRunning.Operation;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>Sends a simulation's rows in their order, and follows it while it runs.</summary>
internal sealed class StreamImpactRows(ComplianceDb db, Jobs<ComplianceDb> jobs, IHostApplicationLifetime lifetime)
{
    private const int PageRows = 1_000;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    public async Task Answer(
        StreamImpactRowsRequest request, IServerStreamWriter<V1.ImpactRow> responses, CancellationToken cancellation)
    {
        var (id, direction) = Parse(request);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        for (var after = request.AfterRow; ;)
        {
            var from = after;
            var (operation, rows) = await db.Read(
                async tx => (await ReadImpactRows.Require(tx, jobs, id), await ImpactStore.After(tx, id, from, direction, PageRows)),
                cancellation);
            foreach (var row in rows)
                await responses.WriteAsync(row.ToMessage(), cancellation);
            if (rows.Count > 0)
                after = rows[^1].RowNumber;
            else if (operation.Done)
            {
                ThrowIfIncomplete(operation);
                return;
            }
            else
                await Next(stop.Token, cancellation);
        }
    }

    private static (Guid Id, string Direction) Parse(StreamImpactRowsRequest request)
    {
        var violations = new Violations();
        var id = OperationName.Parse(request.Operation, "operation", violations);
        if (request.AfterRow < 0)
            violations.Add(
                "after_row", ImpactReasons.RowNegative, request.AfterRow.ToString(CultureInfo.InvariantCulture), "0 or the number of a row");
        if (!Enum.IsDefined(request.Direction))
            violations.Add("direction", ImpactReasons.DirectionUnknown, $"{(int)request.Direction}", "TIGHTENED, LOOSENED or unspecified");
        violations.ThrowIfAny();
        return (id!.Value, request.Direction switch
        {
            Direction.Tightened => ImpactRow.Tightened,
            Direction.Loosened => ImpactRow.Loosened,
            _ => "",
        });
    }

    private static void ThrowIfIncomplete(Operation operation)
    {
        if (operation.Error is not null)
            throw new Refusal(ImpactReasons.SimulationIncomplete, "The simulation failed or was cancelled; these are not all rows.")
            {
                Metadata = new Dictionary<string, string> { ["operation"] = operation.Name },
            };
    }

    private static async Task Next(CancellationToken stop, CancellationToken cancellation)
    {
        await Task.Delay(LookInterval, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        if (stop.IsCancellationRequested)
            throw new Refusal(BuildingReasons.ServiceUnreachable, "The service is stopping; go on behind the last row.") { RetryDelay = LookInterval };
    }
}
