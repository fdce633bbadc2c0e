using Google.LongRunning;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using ReplayApi = OrderTracking.Compliance.V1.ReplayService;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>What was decided, run again; and what has left, looked at again.</summary>
internal sealed class ReplayGrpcService(ReplayDecision one, ReplayDecisions many, ScanDispatched scan) : ReplayApi.ReplayServiceBase
{
    public override Task<DecisionReplay> ReplayDecision(ReplayDecisionRequest request, ServerCallContext context) =>
        one.Run(request, context.CancellationToken);

    public override Task<Operation> ReplayDecisions(ReplayDecisionsRequest request, ServerCallContext context) =>
        many.Start(request, context.Method, context.Actor(), context.CancellationToken);

    public override Task StreamReplayMismatches(
        StreamReplayMismatchesRequest request, IServerStreamWriter<DecisionReplay> responseStream, ServerCallContext context) =>
        many.Stream(request, responseStream, context.CancellationToken);

    public override Task<Operation> ScanDispatched(ScanDispatchedRequest request, ServerCallContext context) =>
        scan.Start(request, context.Method, context.Actor(), context.CancellationToken);

    public override Task StreamLookBackRows(
        StreamLookBackRowsRequest request, IServerStreamWriter<LookBackRow> responseStream, ServerCallContext context) =>
        scan.Stream(request, responseStream, context.CancellationToken);
}
