using Google.LongRunning;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>Starts the replay of a range, and answers with what it found.</summary>
internal sealed class ReplayDecisions(ComplianceDb db, Jobs<ComplianceDb> jobs, StreamRows rows, TimeProvider clock)
{
    private const string Table = "replay_mismatches";

    public Task<Operation> Start(V1.ReplayDecisionsRequest request, string method, Actor actor, CancellationToken cancellation)
    {
        ReplayRows.Parse(request.Filter);
        var now = clock.GetUtcNow();
        return db.Write(
            tx => Requests.Once(
                tx, method, request.RequestId, actor, request, now, () => jobs.Start(tx, ReplayJob.KindName, request, actor.Subject, now)),
            cancellation,
            request.ValidateOnly);
    }

    public Task Stream(
        V1.StreamReplayMismatchesRequest request, IServerStreamWriter<V1.DecisionReplay> answers, CancellationToken cancellation) =>
        rows.Run(request.Name, ReplayJob.KindName, Table, V1.DecisionReplay.Parser, answers, cancellation);
}
