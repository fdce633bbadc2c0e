using Google.LongRunning;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Impact.Exposure;
using ImpactApi = OrderTracking.Compliance.V1.ImpactService;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>Simulations of drafts, their rows, and exposure.</summary>
internal sealed class ImpactGrpcService(SimulateAmendment simulate, StreamImpactRows stream, ReadImpactRows rows, ReportExposure exposure)
    : ImpactApi.ImpactServiceBase
{
    public override Task<Operation> SimulateAmendment(SimulateAmendmentRequest request, ServerCallContext context) =>
        simulate.Answer(request, context);

    public override Task StreamImpactRows(
        StreamImpactRowsRequest request, IServerStreamWriter<V1.ImpactRow> responseStream, ServerCallContext context) =>
        stream.Answer(request, responseStream, context.CancellationToken);

    public override Task<ListImpactRowsResponse> ListImpactRows(ListImpactRowsRequest request, ServerCallContext context) =>
        rows.List(request, context.CancellationToken);

    public override Task<Operation> ReportExposure(ReportExposureRequest request, ServerCallContext context) =>
        exposure.Answer(request, context);
}
