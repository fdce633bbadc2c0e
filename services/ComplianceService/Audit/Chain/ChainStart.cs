using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Anchoring;

namespace OrderTracking.ComplianceService.Audit.Chain;

/// <summary>
/// Before anything is served: takes what was recorded before there was a chain into it, once, and holds the chain against its anchors. A
/// chain that differs is told loudly and does not stop the gate, which rests on no past entry.
/// </summary>
internal sealed class ChainStart(ComplianceDb db, AnchorKeeper anchors) : IHostedLifecycleService
{
    private const string SelectEntries = """
        select recorded_at as RecordedAt, actor as Actor, action as Action, subject as Subject, outcome as Outcome, detail as Detail,
            trace_id as TraceId
        from audit_entries_before_chain order by seq
        """;

    private const string SelectDecisions = """
        select decision_id as Id, shipment as Shipment, occasion as Occasion, outcome as Outcome, created_at as CreatedAt, body as Body
        from decisions order by seq
        """;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await db.Write(Import, cancellationToken);
        await anchors.Compare(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task Import(Tx tx)
    {
        if ((await AuditChain.Head(tx)).Seq > 0)
            return;
        foreach (var entry in await tx.Query<EntryRow>(SelectEntries))
        {
            var (shipment, order) = await Transactions.Of(tx, entry.Subject);
            var record = new ChainRecord(ChainKind.Act, entry.Subject, entry.Actor, entry.Action, entry.Outcome)
            {
                Shipment = shipment, Order = order, Detail = entry.Detail,
            };
            await AuditChain.Append(tx, record, RecordText.Instant(entry.RecordedAt), entry.TraceId);
        }

        foreach (var decision in await tx.Query<DecisionRow>(SelectDecisions))
            await Import(tx, decision);
        foreach (var table in ChainedTable.All)
            await Import(tx, table);
    }

    private static async Task Import(Tx tx, DecisionRow decision)
    {
        var body = OrderTracking.Compliance.V1.Decision.Parser.ParseFrom(decision.Body);
        var action = $"decisions.{decision.Occasion.ToLowerInvariant()}";
        var record = new ChainRecord(ChainKind.Decision, $"{Names.Decisions}/{decision.Id}", body.Actor, action, decision.Outcome)
        {
            Shipment = decision.Shipment,
            Order = (await Transactions.Of(tx, decision.Shipment)).Order,
            PayloadDigest = EntryHash.OfPayload(decision.Body),
        };
        await AuditChain.Append(tx, record, RecordText.Instant(decision.CreatedAt), body.TraceId);
    }

    private static async Task Import(Tx tx, ChainedTable table)
    {
        foreach (IDictionary<string, object?> row in await tx.Query<object>(table.SelectAll))
            await AuditChain.Append(
                tx, await RecordChain.Of(tx, table, row.AsReadOnly()), ChainedTable.Text("created_at", row["created_at"])!, traceId: "");
    }

    private sealed class EntryRow
    {
        public DateTimeOffset RecordedAt { get; init; }

        public string Actor { get; init; } = "";

        public string Action { get; init; } = "";

        public string Subject { get; init; } = "";

        public string Outcome { get; init; } = "";

        public string Detail { get; init; } = "";

        public string TraceId { get; init; } = "";
    }

    private sealed class DecisionRow
    {
        public string Id { get; init; } = "";

        public string Shipment { get; init; } = "";

        public string Occasion { get; init; } = "";

        public string Outcome { get; init; } = "";

        public DateTimeOffset CreatedAt { get; init; }

        public byte[] Body { get; init; } = [];
    }
}
