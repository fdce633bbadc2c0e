using Google.LongRunning;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Impact.Exposure;

/// <summary>Starts an exposure report.</summary>
internal sealed class ReportExposure(ComplianceDb db, Jobs<ComplianceDb> jobs, DraftSource drafts, TimeProvider clock)
{
    public Task<Operation> Answer(ReportExposureRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Start(tx, request, actor)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    private async Task<Operation> Start(Tx tx, ReportExposureRequest request, Actor actor)
    {
        var violations = new Violations();
        WireDate.ParseOptional(request.ShipDate, "ship_date", violations);
        CheckShipment.ParseInstant(request.KnownAt, "known_at", violations);
        var from = WireDate.ParseOptional(request.ShippedFromDate, "shipped_from_date", violations);
        var to = WireDate.ParseOptional(request.ShippedToDate, "shipped_to_date", violations);
        if (from > to)
            violations.Add("shipped_to_date", ImpactReasons.ShippedDatesReversed, $"{to:O}", "shipped_from_date or a later day");
        var draft = request.DraftCase == ReportExposureRequest.DraftOneofCase.None
            ? null
            : await drafts.Resolve(tx, request.Amendment, request.Inline, violations);
        violations.ThrowIfAny();
        var resolved = new ReportExposureRequest
        {
            ShipDate = request.ShipDate,
            KnownAt = request.KnownAt,
            ShippedFromDate = request.ShippedFromDate,
            ShippedToDate = request.ShippedToDate,
        };
        if (draft is not null)
            resolved.Inline = draft;
        return await jobs.Start(tx, ExposureJob.Name, resolved, actor.Subject, clock.GetUtcNow());
    }
}
