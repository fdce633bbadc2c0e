using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>Runs one stored decision again.</summary>
internal sealed class ReplayDecision(ComplianceDb db, Knowledge knowledge)
{
    public Task<V1.DecisionReplay> Run(V1.ReplayDecisionRequest request, CancellationToken cancellation)
    {
        var id = WireName.Require(request.Name, Names.Decisions);
        return db.Read(
            async tx => await DecisionStore.FindBody(tx, id) is { } body
                ? ReplayRecord.Run(body, (await knowledge.Current(tx)).Decide)
                : throw new Refusal(ComplianceReasons.DecisionUnknown, $"{request.Name} does not exist."),
            cancellation);
    }
}
