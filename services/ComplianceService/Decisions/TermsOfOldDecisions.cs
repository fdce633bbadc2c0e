using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>
/// Writes the terms of decisions that were stored before there were terms, before anything is served: newest first, in batches, each with
/// the place to go on from, so that a start that is cut off goes on where it was.
/// </summary>
internal sealed class TermsOfOldDecisions(ComplianceDb db) : IHostedService
{
    private const int BatchSize = 500;
    private const string SelectBacklog = "select next_seq from decision_terms_backlog";

    private const string SelectBatch = """
        select seq as Seq, shipment as Shipment, body as Body from decisions where seq <= @next order by seq desc
        """;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (await db.Write(Batch, cancellationToken))
        {
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<bool> Batch(Tx tx)
    {
        var next = await tx.Scalar<long>(SelectBacklog);
        if (next == 0)
            return false;
        var rows = await tx.Query<Row>($"{SelectBatch} {tx.Dialect.Page()}", new { next, take = BatchSize });
        foreach (var row in rows)
            await DecisionTerms.Save(tx, V1.Decision.Parser.ParseFrom(row.Body), (await Transactions.Of(tx, row.Shipment)).Order);
        await tx.Execute("update decision_terms_backlog set next_seq = @seq", new { seq = rows.Count < BatchSize ? 0 : rows[^1].Seq - 1 });
        return rows.Count == BatchSize;
    }

    private sealed class Row
    {
        public long Seq { get; init; }

        public byte[] Body { get; init; } = [];

        public string Shipment { get; init; } = "";
    }
}
