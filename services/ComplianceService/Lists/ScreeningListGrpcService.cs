using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Lists.Clearances;
using OrderTracking.ComplianceService.Lists.Snapshots;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>Lists of restricted parties, and the clearances of parties that only look like listed ones.</summary>
internal sealed class ScreeningListGrpcService(
    ImportList import, DecideSnapshot decide, ReadSnapshots snapshots, ReadEntries entries, ProposeClearance propose, DecideClearance clearance,
    ReadClearances clearances) : ScreeningListService.ScreeningListServiceBase
{
    public override Task ImportScreeningList(
        IAsyncStreamReader<ImportScreeningListRequest> requestStream, IServerStreamWriter<ImportScreeningListResponse> responseStream,
        ServerCallContext context) => import.Answer(requestStream, responseStream, context);

    public override Task<V1.ListSnapshot> GetListSnapshot(GetListSnapshotRequest request, ServerCallContext context) => snapshots.Get(request, context);

    public override Task<ListListSnapshotsResponse> ListListSnapshots(ListListSnapshotsRequest request, ServerCallContext context) =>
        snapshots.List(request, context);

    public override Task<ListListEntryChangesResponse> ListListEntryChanges(ListListEntryChangesRequest request, ServerCallContext context) =>
        snapshots.Changes(request, context);

    public override Task<V1.ListSnapshot> ApproveListSnapshot(ApproveListSnapshotRequest request, ServerCallContext context) =>
        decide.Approve(request, context);

    public override Task<V1.ListSnapshot> RejectListSnapshot(RejectListSnapshotRequest request, ServerCallContext context) =>
        decide.Reject(request, context);

    public override Task<ListListEntriesResponse> ListListEntries(ListListEntriesRequest request, ServerCallContext context) =>
        entries.List(request, context);

    public override Task<SearchListEntriesResponse> SearchListEntries(SearchListEntriesRequest request, ServerCallContext context) =>
        entries.Search(request, context);

    public override Task<V1.Clearance> ProposeClearance(ProposeClearanceRequest request, ServerCallContext context) => propose.Answer(request, context);

    public override Task<V1.Clearance> ApproveClearance(ApproveClearanceRequest request, ServerCallContext context) => clearance.Approve(request, context);

    public override Task<V1.Clearance> RejectClearance(RejectClearanceRequest request, ServerCallContext context) => clearance.Reject(request, context);

    public override Task<V1.Clearance> RevokeClearance(RevokeClearanceRequest request, ServerCallContext context) => clearance.Revoke(request, context);

    public override Task<V1.Clearance> GetClearance(GetClearanceRequest request, ServerCallContext context) => clearances.Get(request, context);

    public override Task<ListClearancesResponse> ListClearances(ListClearancesRequest request, ServerCallContext context) =>
        clearances.List(request, context);
}
