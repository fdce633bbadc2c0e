using Grpc.Core;
using OrderTracking.Compliance.V1;
using ReplayApi = OrderTracking.Compliance.V1.ReplayService;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>What was decided, run again.</summary>
internal sealed class ReplayGrpcService(ReplayDecision one) : ReplayApi.ReplayServiceBase
{
    public override Task<DecisionReplay> ReplayDecision(ReplayDecisionRequest request, ServerCallContext context) =>
        one.Run(request, context.CancellationToken);
}
