using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Impact.Exposure;

/// <summary>
/// Adds up every shipment that has not come back or been cancelled. It takes seconds and its sums are in memory: after a restart it begins
/// again, as of the same instants.
/// </summary>
internal sealed class ExposureJob(ComplianceDb db, Knowledge knowledge, TimeProvider clock) : Job<ReportExposureRequest, ReportExposureResponse>
{
    public const string Name = "impact.exposure";
    private const string Undecidable = "Its facts cannot be decided.";
    private static readonly IReadOnlyList<string> Phases = [.. OpenGoods.NotDeparted, GoodsRow.Departed];

    public override string Kind => Name;

    protected override async Task<ReportExposureResponse> Run(JobRun run, ReportExposureRequest request, CancellationToken cancellation)
    {
        var course = run.Checkpoint.Length == 0
            ? await Begin(run, request, cancellation)
            : JsonSerializer.Deserialize<Course>(run.Checkpoint)!;
        var scenario = await ScenarioOf(request, course, cancellation);
        var violations = new Violations();
        var tally = new ExposureTally(
            scenario,
            WireDate.ParseOptional(request.ShippedFromDate, "shipped_from_date", violations),
            WireDate.ParseOptional(request.ShippedToDate, "shipped_to_date", violations));
        await Add(run, course, tally, cancellation);
        var (all, breakdowns) = tally.Result();
        var response = new ReportExposureResponse
        {
            Draft = request.Inline,
            ShipDate = request.ShipDate,
            KnownAt = Timestamp.FromDateTimeOffset(course.KnownAt),
            All = all,
            Notices = { scenario.Head.Rules.Notes.Notice },
        };
        response.Breakdowns.AddRange(breakdowns);
        return response;
    }

    private async Task<Course> Begin(JobRun run, ReportExposureRequest request, CancellationToken cancellation)
    {
        var (_, knownAt) = await knowledge.AsOf(WireInstant.OfOptional(request.KnownAt), cancellation);
        var (total, last) = await db.Read(tx => OpenGoods.Extent(tx, Phases), cancellation);
        var course = new Course(knownAt, clock.GetUtcNow(), last, total);
        await db.Write(tx => run.Save(tx, 0, total, JsonSerializer.Serialize(course)), cancellation);
        return course;
    }

    private async Task<ExposureScenario> ScenarioOf(ReportExposureRequest request, Course course, CancellationToken cancellation)
    {
        var head = await db.Read(knowledge.Current, cancellation);
        var withDraft = request.Inline is { } draft
            ? DraftSource.With(head, draft, DraftSource.ContentOf(draft, head), course.KnownAt)
            : null;
        var shipDate = WireDate.ParseOptional(request.ShipDate, "ship_date", new Violations());
        return new ExposureScenario(head, withDraft, shipDate, course.KnownAt, course.Now);
    }

    private async Task Add(JobRun run, Course course, ExposureTally tally, CancellationToken cancellation)
    {
        var (after, looked) = (0L, 0L);
        var checkpoint = JsonSerializer.Serialize(course);
        while (true)
        {
            var from = after;
            var batch = await db.Read(tx => OpenGoods.Batch(tx, Phases, from, course.Last), cancellation);
            if (batch.Count == 0)
                return;
            foreach (var goods in batch)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    tally.Add(goods);
                }
                catch (ArgumentException)
                {
                    run.Fault(Names.Shipment(goods.ShipmentId), Undecidable);
                }
            }

            after = batch[^1].Seq;
            var done = looked += batch.Count;
            await db.Write(tx => run.Save(tx, done, Math.Max(done, course.Total), checkpoint), cancellation);
        }
    }

    private sealed record Course(DateTimeOffset KnownAt, DateTimeOffset Now, long Last, long Total);
}
