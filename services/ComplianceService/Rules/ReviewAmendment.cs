using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Rules.Testing;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>Another person than the author says that text and tests are right. It changes no decision.</summary>
internal sealed class ReviewAmendment(ComplianceDb db, Knowledge knowledge, ComplianceOptions options, TimeProvider clock)
{
    private const string Action = "amendments.review";

    public Task<V1.Amendment> Answer(ReviewAmendmentRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return RefusalAudit.Guard(
            db, clock, actor, Action, request.Name, request.ValidateOnly,
            () => db.Write(
                tx => Requests.Once(
                    tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Review(tx, request, actor)),
                context.CancellationToken,
                request.ValidateOnly));
    }

    private async Task<V1.Amendment> Review(Tx tx, ReviewAmendmentRequest request, Actor actor)
    {
        var violations = new Violations();
        var note = WireText.Parse(request.Note, "note", RejectAmendment.NoteCharactersMax, violations);
        violations.ThrowIfAny();
        var head = await knowledge.Current(tx);
        var row = await DecidableAmendment.Require(tx, head, request.Name, request.Etag, options.StrictEtags, actor);
        if (row.ReviewedBy is { } reviewer)
            throw new Refusal(AmendmentReasons.AlreadyReviewed, $"{row.Name} was reviewed by {reviewer}.");
        TestGate.RequireRead(row, request.Digest, request.TestsDigest);
        var content = AmendmentParser.Parse(row.Definition, row.Name, head.Rules.Vocabulary);
        var report = await TestGate.Require(tx, head, row, content, await knowledge.NextInstant(tx));
        var now = clock.GetUtcNow();
        row.Reviewed(actor.Subject, note!, now);
        row.UpdatedAt = now;
        row.Version++;
        await RuleStore.Review(tx, row);
        await AuditLog.Record(tx, actor.Subject, Action, row.Name, AuditLog.Done, note!, now);
        return RuleMapping.Of(row, content, AmendmentStages.OfProposal(row), withTests: true).With(report);
    }
}
