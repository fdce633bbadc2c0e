using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Rules.Testing;
using OrderTracking.Contracts.Compliance;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// The second person's part, once its tests hold against what is known now. The commit makes the amendment known: every transaction
/// after it decides with it.
/// </summary>
internal sealed class PublishAmendment(
    ComplianceDb db, Knowledge knowledge, RecheckSignal recheck, ComplianceOptions options, TimeProvider clock)
{
    private const string Action = "amendments.publish";

    public Task<V1.Amendment> Answer(PublishAmendmentRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return RefusalAudit.Guard(
            db, clock, actor, Action, request.Name, request.ValidateOnly,
            () => knowledge.Publish(() => db.Write(
                tx => Requests.Once(
                    tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Publish(tx, request, actor)),
                context.CancellationToken,
                request.ValidateOnly)));
    }

    private async Task<V1.Amendment> Publish(Tx tx, PublishAmendmentRequest request, Actor actor)
    {
        var head = await knowledge.Current(tx);
        var row = await DecidableAmendment.Require(tx, head, request.Name, request.Etag, options.StrictEtags, actor);
        TestGate.RequireRead(row, request.Digest, request.TestsDigest);
        var content = AmendmentParser.Parse(row.Definition, row.Name, head.Rules.Vocabulary);
        var recordedAt = await knowledge.NextInstant(tx);
        var report = await TestGate.Require(tx, head, row, content, recordedAt);
        // Who publishes what nobody reviewed has reviewed it.
        if (row.ReviewedBy is null)
            row.Reviewed(actor.Subject, "", recordedAt);
        row.State = AmendmentRow.Published;
        row.RecordedAt = recordedAt;
        row.Position = (head.Rules.Find(row.Rule)?.Amendments.Count ?? 0) + 1;
        await DecidableAmendment.Close(tx, row, actor, recordedAt);
        await RuleStore.Record(tx, Guid.CreateVersion7(recordedAt), RecordedChange.Amendment, row.Name, recordedAt);
        await RuleStore.Touch(tx, row.Rule, head.Rules.Find(row.Rule)?.Title ?? row.Title, RuleRow.Published, recordedAt);
        await AuditLog.Record(tx, actor.Subject, Action, row.Name, AuditLog.Done, row.Digest, recordedAt);
        await Announce(tx, row, actor, recordedAt);
        return RuleMapping.Of(row, content, Stage(head, row, content, recordedAt), withTests: true).With(report);
    }

    private static V1.AmendmentStage Stage(KnowledgeHead head, AmendmentRow row, AmendmentContent content, DateTimeOffset recordedAt)
    {
        var rule = head.WithDraft(row.Rule, row.Title, content, recordedAt).Rules.Find(row.Rule)!;
        return AmendmentStages.OfPublished(rule, rule.Amendments[^1], DateOnly.FromDateTime(recordedAt.UtcDateTime), recordedAt);
    }

    private async Task Announce(Tx tx, AmendmentRow row, Actor actor, DateTimeOffset recordedAt)
    {
        var eventId = Guid.CreateVersion7(recordedAt);
        await Outbox.Add(
            tx, eventId, new AmendmentPublished(eventId, recordedAt, actor.Subject, $"rules/{row.Rule}", row.Name, row.Digest), recordedAt);
        tx.AfterCommit(recheck.Wake);
    }
}
