using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Licences.Changes;
using OrderTracking.ComplianceService.Licences.Exceptions;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences;

internal sealed class LicencesGrpcService(
    RegisterLicence register, AmendLicence amend, ChangeState change, RecordNotification notifications, ReadLicences read,
    ReadHistory history) : LicenceService.LicenceServiceBase
{
    public override Task<V1.Licence> RegisterLicence(RegisterLicenceRequest request, ServerCallContext context) =>
        register.Answer(request, context);

    public override Task<V1.Licence> ActivateLicence(ActivateLicenceRequest request, ServerCallContext context) => change.Run(
        new StateCall(
            VersionChange.Activated, context.Method, context.Actor(), request, request.Name, request.Reason, request.Etag, request.RequestId,
            request.ValidateOnly),
        context.CancellationToken);

    public override Task<V1.Licence> AmendLicence(AmendLicenceRequest request, ServerCallContext context) => amend.Answer(request, context);

    public override Task<V1.Licence> SuspendLicence(SuspendLicenceRequest request, ServerCallContext context) => change.Run(
        new StateCall(
            VersionChange.Suspended, context.Method, context.Actor(), request, request.Name, request.Reason, request.Etag, request.RequestId,
            request.ValidateOnly),
        context.CancellationToken);

    public override Task<V1.Licence> ResumeLicence(ResumeLicenceRequest request, ServerCallContext context) => change.Run(
        new StateCall(
            VersionChange.Resumed, context.Method, context.Actor(), request, request.Name, request.Reason, request.Etag, request.RequestId,
            request.ValidateOnly),
        context.CancellationToken);

    public override Task<V1.Licence> RevokeLicence(RevokeLicenceRequest request, ServerCallContext context) => change.Run(
        new StateCall(
            VersionChange.Revoked, context.Method, context.Actor(), request, request.Name, request.Reason, request.Etag, request.RequestId,
            request.ValidateOnly),
        context.CancellationToken);

    public override Task<V1.Licence> RecordNotification(RecordNotificationRequest request, ServerCallContext context) =>
        notifications.Notified(request, context);

    public override Task<V1.Licence> RecordAnswer(RecordAnswerRequest request, ServerCallContext context) =>
        notifications.Answered(request, context);

    public override Task<GetLicenceResponse> GetLicence(GetLicenceRequest request, ServerCallContext context) => read.Get(request, context);

    public override Task<ListLicencesResponse> ListLicences(ListLicencesRequest request, ServerCallContext context) =>
        read.List(request, context);

    public override Task<ListLicenceMovementsResponse> ListLicenceMovements(
        ListLicenceMovementsRequest request, ServerCallContext context) => history.Movements(request, context);

    public override Task<ListLicenceVersionsResponse> ListLicenceVersions(
        ListLicenceVersionsRequest request, ServerCallContext context) => history.Versions(request, context);
}
