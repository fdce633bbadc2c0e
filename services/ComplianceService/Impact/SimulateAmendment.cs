using Google.LongRunning;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>Starts a simulation.</summary>
internal sealed class SimulateAmendment(ComplianceDb db, Jobs<ComplianceDb> jobs, DraftSource drafts, TimeProvider clock)
{
    public Task<Operation> Answer(SimulateAmendmentRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Start(tx, request, actor)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    private async Task<Operation> Start(Tx tx, SimulateAmendmentRequest request, Actor actor)
    {
        if (request.DraftCase == SimulateAmendmentRequest.DraftOneofCase.None)
            Violations.Throw("draft", ImpactReasons.DraftMissing, null, "amendment or inline");
        var violations = new Violations();
        var draft = await drafts.Resolve(tx, request.Amendment, request.Inline, violations);
        violations.ThrowIfAny();
        return await jobs.Start(tx, SimulationJob.Name, draft!, actor.Subject, clock.GetUtcNow());
    }
}
