using Grpc.Core;
using OrderTracking.Compliance.V1;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Catalog;

internal sealed class CatalogueGrpcService(
    ReadParts read, RegisterPart register, RevisePart revise, SupplyFacts supply, ApprovePartRevision approve, RejectPartRevision reject)
    : CatalogueService.CatalogueServiceBase
{
    public override Task<V1.Part> GetPart(GetPartRequest request, ServerCallContext context) => read.Get(request, context);

    public override Task<ListPartsResponse> ListParts(ListPartsRequest request, ServerCallContext context) => read.List(request, context);

    public override Task<V1.PartRevision> RegisterPart(RegisterPartRequest request, ServerCallContext context) =>
        register.Answer(request, context);

    public override Task<V1.PartRevision> RevisePart(RevisePartRequest request, ServerCallContext context) =>
        revise.Answer(request, context);

    public override Task<V1.PartRevision> SupplyFacts(SupplyFactsRequest request, ServerCallContext context) =>
        supply.Answer(request, context);

    public override Task<V1.PartRevision> ApprovePartRevision(ApprovePartRevisionRequest request, ServerCallContext context) =>
        approve.Answer(request, context);

    public override Task<V1.PartRevision> RejectPartRevision(RejectPartRevisionRequest request, ServerCallContext context) =>
        reject.Answer(request, context);
}
