using Google.LongRunning;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit.Evidence;
using OrderTracking.ComplianceService.Audit.Retention;
using OrderTracking.ComplianceService.Audit.Search;
using OrderTracking.ComplianceService.Audit.Verification;
using AuditApi = OrderTracking.Compliance.V1.AuditService;
using RetentionMessage = OrderTracking.Compliance.V1.Retention;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>The audit trail for those who answer for it.</summary>
internal sealed class AuditGrpcService(
    ReadTrail read,
    VerifyAuditTrail verify,
    ExportEvidence export,
    SearchRecords search,
    ReadRetention retention,
    RecordRetentionEvent record,
    PlaceLegalHold place,
    LiftLegalHold lift,
    PurgeRecords purge) : AuditApi.AuditServiceBase
{
    public override Task<AuditHead> GetAuditHead(GetAuditHeadRequest request, ServerCallContext context) => read.Head(context.CancellationToken);

    public override Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context) =>
        read.List(request, context.CancellationToken);

    public override Task<Operation> VerifyAuditTrail(VerifyAuditTrailRequest request, ServerCallContext context) =>
        verify.Start(request, context);

    public override Task<ExportEvidenceResponse> ExportEvidence(ExportEvidenceRequest request, ServerCallContext context) =>
        export.Run(request, context.Actor(), context.CancellationToken);

    public override Task<SearchRecordsResponse> SearchRecords(SearchRecordsRequest request, ServerCallContext context) =>
        search.Run(request, context.CancellationToken);

    public override Task<RetentionMessage> GetRetention(GetRetentionRequest request, ServerCallContext context) =>
        retention.Get(request, context.CancellationToken);

    public override Task<RetentionMessage> RecordRetentionEvent(RecordRetentionEventRequest request, ServerCallContext context) =>
        record.Run(request, context);

    public override Task<LegalHold> PlaceLegalHold(PlaceLegalHoldRequest request, ServerCallContext context) => place.Run(request, context);

    public override Task<LegalHold> LiftLegalHold(LiftLegalHoldRequest request, ServerCallContext context) => lift.Run(request, context);

    public override Task<RetentionMessage> PurgeRecords(PurgeRecordsRequest request, ServerCallContext context) => purge.Run(request, context);
}
