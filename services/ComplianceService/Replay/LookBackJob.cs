using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;
using LookBackProgress = OrderTracking.ComplianceService.Replay.Progress<OrderTracking.Compliance.V1.ScanDispatchedResponse>;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>
/// Decides again, as known now, about all goods that have left, for the day they left. The instant of "now" is fixed with the first
/// checkpoint, so that a scan which is resumed is one scan. It writes nothing but its own rows.
/// </summary>
internal sealed class LookBackJob(ComplianceDb db, Knowledge knowledge, TimeProvider clock)
    : Job<V1.ScanDispatchedRequest, V1.ScanDispatchedResponse>
{
    public const string KindName = "lookback.scan";
    private const int BatchSize = 500;

    private static readonly IReadOnlySet<string> Roles = new HashSet<string>(["officer", "counsel", "auditor"], StringComparer.Ordinal);

    public override string Kind => KindName;

    public override IReadOnlySet<string> Readers => Roles;

    public override Task Forget(Tx tx, Guid id) =>
        tx.Execute("delete from look_back_rows where operation = @operation", new { operation = OperationName.Of(id) });

    protected override async Task<V1.ScanDispatchedResponse> Run(JobRun run, V1.ScanDispatchedRequest request, CancellationToken cancellation)
    {
        var range = DayRange.Of(request);
        var (head, progress) = await Begin(run, request, cancellation);
        var knownAt = progress.Counted.KnownAt.ToDateTimeOffset();
        while (await Read(progress, cancellation) is { Count: > 0 } batch)
        {
            var rows = new List<(Guid Shipment, V1.LookBackRow Row)>();
            foreach (var (due, goods) in batch)
            {
                if (goods is null || !range.Contains(goods.ShipDate))
                    continue;
                var row = Judge(run, goods, head, knownAt);
                LookBackTotals.Add(progress.Counted, row);
                if (row is not null)
                    rows.Add((due.ShipmentId, row));
            }

            progress = progress with { After = batch[^1].Due.Seq, Done = progress.Done + batch.Count };
            await Save(run, progress, rows, cancellation);
        }

        return progress.Counted;
    }

    private static V1.LookBackRow? Judge(JobRun run, GoneGoods goods, KnowledgeHead head, DateTimeOffset knownAt)
    {
        try
        {
            return LookBack.Of(goods, head.Decide(goods.Shipment.Facts, goods.ShipDate, knownAt));
        }
        catch (ArgumentException unreadable)
        {
            // One shipment that cannot be decided about must not hide the others.
            run.Fault(Names.Shipment(goods.Shipment.Id), unreadable.Message);
            return null;
        }
    }

    private Task<(KnowledgeHead Head, LookBackProgress Progress)> Begin(
        JobRun run, V1.ScanDispatchedRequest request, CancellationToken cancellation) => db.Read(
        async tx =>
        {
            var head = await knowledge.Current(tx);
            if (run.Checkpoint.Length > 0)
                return (head, LookBackProgress.Read(run.Checkpoint));
            var now = head.KnownNow(clock.GetUtcNow());
            var knownAt = WireInstant.OfOptional(request.KnownAt) is { } asked && asked < now ? asked : now;
            var (last, count) = await GoneGoodsStore.Bounds(tx);
            var counted = new V1.ScanDispatchedResponse { KnownAt = knownAt.ToTimestamp() };
            return (head, new LookBackProgress(0, last, 0, count, counted));
        },
        cancellation);

    private Task<List<(DueShipment Due, GoneGoods? Goods)>> Read(LookBackProgress progress, CancellationToken cancellation) => db.Read(
        async tx =>
        {
            var batch = new List<(DueShipment, GoneGoods?)>();
            foreach (var due in await GoneGoodsStore.Batch(tx, progress.After, progress.Last, BatchSize))
                batch.Add((due, await GoneGoodsStore.Find(tx, due.ShipmentId)));
            return batch;
        },
        cancellation);

    private Task Save(
        JobRun run, LookBackProgress progress, List<(Guid Shipment, V1.LookBackRow Row)> rows, CancellationToken cancellation) => db.Write(
        async tx =>
        {
            foreach (var (shipment, row) in rows)
                await GoneGoodsStore.Add(tx, run.Name, shipment, row);
            await run.Save(tx, progress.Done, progress.Total, progress.Write());
        },
        cancellation);
}
