using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Permits;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;
using V1Decision = OrderTracking.Compliance.V1.Decision;
using V1Permit = OrderTracking.Compliance.V1.Permit;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>Questions, stored decisions and permits.</summary>
internal sealed class ComplianceGrpcService(
    CheckShipment check, BatchCheckShipments batch, ReadDecisions decisions, AuthorizeDispatch authorize, ReadPermits permits)
    : ComplianceApi.ComplianceServiceBase
{
    public override Task<V1Decision> CheckShipment(CheckShipmentRequest request, ServerCallContext context) => check.Answer(request, context);

    public override Task BatchCheckShipments(
        IAsyncStreamReader<BatchCheckShipmentsRequest> requestStream,
        IServerStreamWriter<BatchCheckShipmentsResponse> responseStream,
        ServerCallContext context) => batch.Answer(requestStream, responseStream, context);

    public override Task<V1Decision> GetDecision(GetDecisionRequest request, ServerCallContext context) =>
        decisions.Get(request, context.CancellationToken);

    public override Task<ListDecisionsResponse> ListDecisions(ListDecisionsRequest request, ServerCallContext context) =>
        decisions.List(request, context.CancellationToken);

    public override Task<V1Permit> AuthorizeDispatch(AuthorizeDispatchRequest request, ServerCallContext context) =>
        authorize.Run(request, context.Actor(), context.CancellationToken);

    public override Task<V1Permit> GetPermit(GetPermitRequest request, ServerCallContext context) => permits.Get(request, context.CancellationToken);

    public override Task<ListPermitsResponse> ListPermits(ListPermitsRequest request, ServerCallContext context) =>
        permits.List(request, context.CancellationToken);
}
