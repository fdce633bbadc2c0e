using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Releases;
using HoldsApi = OrderTracking.Compliance.V1.HoldService;
using V1Hold = OrderTracking.Compliance.V1.Hold;
using V1Release = OrderTracking.Compliance.V1.Release;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>The work of compliance staff on holds.</summary>
internal sealed class HoldGrpcService(
    ReadHolds read,
    PlaceHold place,
    AssignHold assign,
    ReadReleases releases,
    ProposeRelease propose,
    ApproveRelease approve,
    BatchApproveReleases approveMany,
    RejectRelease reject)
    : HoldsApi.HoldServiceBase
{
    public override Task<V1Hold> GetHold(GetHoldRequest request, ServerCallContext context) => read.Get(request, context.CancellationToken);

    public override Task<ListHoldsResponse> ListHolds(ListHoldsRequest request, ServerCallContext context) =>
        read.List(request, context.CancellationToken);

    public override Task<V1Hold> PlaceHold(PlaceHoldRequest request, ServerCallContext context) =>
        place.Run(request, context.Method, context.Actor(), context.CancellationToken);

    public override Task<V1Hold> AssignHold(AssignHoldRequest request, ServerCallContext context) =>
        assign.Run(request, context.Method, context.Actor(), context.CancellationToken);

    public override Task<V1Release> ProposeRelease(ProposeReleaseRequest request, ServerCallContext context) =>
        propose.Run(request, context.Method, context.Actor(), context.CancellationToken);

    public override Task<V1Release> ApproveRelease(ApproveReleaseRequest request, ServerCallContext context) =>
        approve.Run(request, context.Method, context.Actor(), context.CancellationToken);

    public override Task<BatchApproveReleasesResponse> BatchApproveReleases(BatchApproveReleasesRequest request, ServerCallContext context) =>
        approveMany.Run(request, context.Method, context.Actor(), context.CancellationToken);

    public override Task<ListReleasesResponse> ListReleases(ListReleasesRequest request, ServerCallContext context) =>
        releases.List(request, context.CancellationToken);

    public override Task<V1Release> RejectRelease(RejectReleaseRequest request, ServerCallContext context) =>
        reject.Run(request, context.Method, context.Actor(), context.CancellationToken);
}
