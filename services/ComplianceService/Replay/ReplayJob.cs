using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using V1 = OrderTracking.Compliance.V1;
using ReplayProgress = OrderTracking.ComplianceService.Replay.Progress<OrderTracking.Compliance.V1.ReplayDecisionsResponse>;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>
/// Runs every decision of a range again. Batches are read while the batch before is decided on all processors; the mismatches of a batch
/// commit with the place to go on from.
/// </summary>
internal sealed class ReplayJob(ComplianceDb db, Knowledge knowledge) : Job<V1.ReplayDecisionsRequest, V1.ReplayDecisionsResponse>
{
    public const string KindName = "replay.decisions";
    
    // What a batch is read into should not outlive the collector's youngest generation.
    private const int BatchSize = 500;

    // A place to go on from costs a commit: no more than so many decisions are run once more after a stop.
    private const int SavedEvery = 20_000;

    private static readonly IReadOnlySet<string> Roles =
        new HashSet<string>(["officer", "counsel", "operator", "auditor"], StringComparer.Ordinal);

    public override string Kind => KindName;

    public override IReadOnlySet<string> Readers => Roles;

    public override Task Forget(Tx tx, Guid id) =>
        tx.Execute("delete from replay_mismatches where operation = @operation", new { operation = OperationName.Of(id) });

    protected override async Task<V1.ReplayDecisionsResponse> Run(
        JobRun run, V1.ReplayDecisionsRequest request, CancellationToken cancellation)
    {
        var range = ReplayRows.Parse(request.Filter);
        var (head, progress) = await Begin(run, range, cancellation);
        var saved = progress.Done;
        var reading = Read(range, progress.After, progress.Last, cancellation);
        while (await reading is { Count: > 0 } rows)
        {
            reading = Read(range, rows[^1].Seq, progress.Last, cancellation);
            var replays = Replay(rows, head.Decide, cancellation);
            Count(progress.Counted, replays);
            progress = progress with { After = rows[^1].Seq, Done = progress.Done + rows.Count };
            if (progress.Done - saved < SavedEvery && Array.TrueForAll(replays, replay => replay.Identical))
                continue;
            await Save(run, progress, rows, replays, cancellation);
            saved = progress.Done;
        }

        return progress.Counted;
    }

    // Rules and last decision are read as of one moment: a decision of this walk was never made with more than these rules.
    private Task<(KnowledgeHead Head, ReplayProgress Progress)> Begin(JobRun run, ListQuery range, CancellationToken cancellation) => db.Read(
        async tx =>
        {
            var head = await knowledge.Current(tx);
            if (run.Checkpoint.Length > 0)
                return (head, ReplayProgress.Read(run.Checkpoint));
            var (last, count) = await ReplayRows.Bounds(tx, range);
            return (head, new ReplayProgress(0, last, 0, count, new V1.ReplayDecisionsResponse { EngineVersion = DecisionEngine.Version }));
        },
        cancellation);

    // Off this thread, so that the batch before is decided meanwhile.
    private Task<IReadOnlyList<RecordRow>> Read(ListQuery range, long after, long last, CancellationToken cancellation) =>
        Task.Run(() => db.Read(tx => ReplayRows.Batch(tx, range, after, last, BatchSize), cancellation), cancellation);

    private static V1.DecisionReplay[] Replay(IReadOnlyList<RecordRow> rows, DecidingFunction decide, CancellationToken cancellation)
    {
        var replays = new V1.DecisionReplay[rows.Count];
        Parallel.For(
            0, rows.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            index => replays[index] = ReplayRecord.Run(rows[index].Body, decide));
        return replays;
    }

    private static void Count(V1.ReplayDecisionsResponse counted, V1.DecisionReplay[] replays)
    {
        var mismatches = replays.Where(replay => !replay.Identical).ToList();
        counted.Decisions += replays.Length;
        counted.Mismatched += mismatches.Count;
        counted.Identical = counted.Decisions - counted.Mismatched;
        foreach (var kind in mismatches.SelectMany(replay => replay.Differences.Select(one => one.Kind).Distinct()))
        {
            var entry = counted.Kinds.FirstOrDefault(one => one.Kind == kind);
            if (entry is null)
                counted.Kinds.Add(entry = new V1.ReplayDecisionsResponse.Types.KindCount { Kind = kind });
            entry.Decisions++;
        }
    }

    private Task Save(
        JobRun run, ReplayProgress progress, IReadOnlyList<RecordRow> rows, V1.DecisionReplay[] replays, CancellationToken cancellation) =>
        db.Write(
            async tx =>
            {
                for (var index = 0; index < replays.Length; index++)
                    if (!replays[index].Identical)
                        await ReplayRows.Add(tx, run.Name, rows[index].Id, replays[index]);
                await run.Save(tx, progress.Done, progress.Total, progress.Write());
            },
            cancellation);
}
