using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>Looks at every shipment that has not departed. Rows and checkpoint commit together, batch by batch.</summary>
internal sealed class SimulationJob(ComplianceDb db, Knowledge knowledge, TimeProvider clock) : Job<AmendmentDraft, SimulateAmendmentResponse>
{
    public const string Name = "impact.simulate";
    private const string Undecidable = "Its facts cannot be decided.";

    public override string Kind => Name;

    public override Task Forget(Tx tx, Guid id) => ImpactStore.Delete(tx, id);

    protected override async Task<SimulateAmendmentResponse> Run(JobRun run, AmendmentDraft request, CancellationToken cancellation)
    {
        var course = run.Checkpoint.Length == 0 ? await Begin(run, cancellation) : SimulationCourse.Read(run.Checkpoint);
        var head = await db.Read(knowledge.Current, cancellation);
        var content = DraftSource.ContentOf(request, head);
        var withDraft = DraftSource.With(head, request, content, course.KnownAt);
        var simulation = new Simulation(head, withDraft, content, course.KnownAt, course.Now);
        while (true)
        {
            var after = course.After;
            var batch = await db.Read(tx => OpenGoods.Batch(tx, OpenGoods.NotDeparted, after, course.Last), cancellation);
            if (batch.Count == 0)
                break;
            course = await Take(run, simulation, batch, course, cancellation);
        }

        var summary = await ImpactSummary.Read(db, run.Id, cancellation);
        return summary.ToResponse(request, course, head, withDraft);
    }

    private async Task<SimulationCourse> Begin(JobRun run, CancellationToken cancellation)
    {
        var (_, knownAt) = await knowledge.AsOf(null, cancellation);
        var (total, last) = await db.Read(tx => OpenGoods.Extent(tx, OpenGoods.NotDeparted), cancellation);
        var course = new SimulationCourse(knownAt, clock.GetUtcNow(), last, total);
        await db.Write(tx => run.Save(tx, 0, total, course.Write()), cancellation);
        return course;
    }

    private async Task<SimulationCourse> Take(
        JobRun run, Simulation simulation, IReadOnlyList<GoodsRow> batch, SimulationCourse course, CancellationToken cancellation)
    {
        var rows = new List<ImpactRow>();
        var reasonsChanged = 0;
        foreach (var goods in batch)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var (flip, changed) = simulation.Judge(goods);
                if (changed)
                    reasonsChanged++;
                if (flip is null)
                    continue;
                flip.JobId = run.Id;
                flip.RowNumber = course.Rows + rows.Count + 1;
                rows.Add(flip);
            }
            catch (ArgumentException)
            {
                run.Fault(Names.Shipment(goods.ShipmentId), Undecidable);
            }
        }

        var next = course with
        {
            After = batch[^1].Seq,
            Looked = course.Looked + batch.Count,
            Rows = course.Rows + rows.Count,
            ReasonsChanged = course.ReasonsChanged + reasonsChanged,
        };
        await db.Write(
            async tx =>
            {
                await ImpactStore.Insert(tx, rows);
                await run.Save(tx, next.Looked, Math.Max(next.Total, next.Looked), next.Write());
            },
            cancellation);
        return next;
    }
}
