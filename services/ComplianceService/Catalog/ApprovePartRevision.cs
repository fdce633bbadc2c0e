using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Rules;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>The second person's part. The commit makes the facts known: every transaction after it decides with them.</summary>
internal sealed class ApprovePartRevision(
    ComplianceDb db, Knowledge knowledge, RecheckSignal recheck, ComplianceOptions options, TimeProvider clock)
{
    private const string Action = "parts.approve_revision";

    public Task<V1.PartRevision> Answer(ApprovePartRevisionRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return RefusalAudit.Guard(
            db, clock, actor, Action, request.Name, request.ValidateOnly,
            () => knowledge.Publish(() => db.Write(
                tx => Requests.Once(
                    tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Approve(tx, request, actor)),
                context.CancellationToken,
                request.ValidateOnly)));
    }

    private async Task<V1.PartRevision> Approve(Tx tx, ApprovePartRevisionRequest request, Actor actor)
    {
        var head = await knowledge.Current(tx);
        var (part, row) = await DecidableRevision.Require(tx, head, request.Name, request.Etag, options.StrictEtags, actor);
        RefuseOutdated(head, row);
        var recordedAt = await knowledge.NextInstant(tx);
        row.State = PartRevisionRow.Approved;
        row.RecordedAt = recordedAt;
        await DecidableRevision.Close(tx, row, actor, recordedAt);
        part.Family = row.Family;
        part.Vendor = row.Vendor;
        await PartProposals.Touch(tx, part, recordedAt);
        await RuleStore.Record(tx, Guid.CreateVersion7(recordedAt), RecordedChange.PartRevision, row.Name, recordedAt);
        await AuditLog.Record(tx, actor.Subject, Action, row.Name, AuditLog.Done, row.Source, recordedAt);
        tx.AfterCommit(recheck.Wake);
        return PartMapping.Of(row);
    }

    // Supplied facts were laid beside a revision: beside another one they would bring its replaced facts back.
    private void RefuseOutdated(KnowledgeHead head, PartRevisionRow row)
    {
        if (row.BaseNumber is not { } baseNumber)
            return;
        if (head.Catalogue.Find(row.PartNumber, head.KnownNow(clock.GetUtcNow()))?.Number == baseNumber)
            return;
        throw new Refusal(
            RegisterReasons.PartRevisionOutdated,
            $"{row.Name} adds facts to revision {baseNumber}, and another one was approved since; propose them again.");
    }
}
