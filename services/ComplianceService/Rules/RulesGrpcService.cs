using Grpc.Core;
using OrderTracking.Compliance.V1;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules;

internal sealed class RulesGrpcService(
    ReadRules read, ProposeAmendment propose, ReviewAmendment review, PublishAmendment publish, RejectAmendment reject)
    : RuleService.RuleServiceBase
{
    public override Task<ListRulesResponse> ListRules(ListRulesRequest request, ServerCallContext context) => read.List(request, context);

    public override Task<V1.Rule> GetRule(GetRuleRequest request, ServerCallContext context) => read.Get(request, context);

    public override Task<V1.Amendment> ProposeAmendment(ProposeAmendmentRequest request, ServerCallContext context) =>
        propose.Answer(request, context);

    public override Task<V1.Amendment> ReviewAmendment(ReviewAmendmentRequest request, ServerCallContext context) =>
        review.Answer(request, context);

    public override Task<V1.Amendment> PublishAmendment(PublishAmendmentRequest request, ServerCallContext context) =>
        publish.Answer(request, context);

    public override Task<V1.Amendment> RejectAmendment(RejectAmendmentRequest request, ServerCallContext context) =>
        reject.Answer(request, context);
}
