using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>The second person says no. The proposal stays to be read and never counts.</summary>
internal sealed class RejectAmendment(ComplianceDb db, Knowledge knowledge, ComplianceOptions options, TimeProvider clock)
{
    public const int NoteCharactersMax = 2_000;
    private const string Action = "amendments.reject";

    public Task<V1.Amendment> Answer(RejectAmendmentRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return RefusalAudit.Guard(
            db, clock, actor, Action, request.Name, request.ValidateOnly,
            () => db.Write(
                tx => Requests.Once(
                    tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Reject(tx, request, actor)),
                context.CancellationToken,
                request.ValidateOnly));
    }

    private async Task<V1.Amendment> Reject(Tx tx, RejectAmendmentRequest request, Actor actor)
    {
        var violations = new Violations();
        var note = WireText.Parse(request.Note, "note", NoteCharactersMax, violations);
        violations.ThrowIfAny();
        var head = await knowledge.Current(tx);
        var row = await DecidableAmendment.Require(tx, head, request.Name, request.Etag, options.StrictEtags, actor);
        var now = clock.GetUtcNow();
        row.State = AmendmentRow.Rejected;
        row.Note = note!;
        await DecidableAmendment.Close(tx, row, actor, now);
        await AuditLog.Record(tx, actor.Subject, Action, row.Name, AuditLog.Done, note!, now);
        var content = AmendmentParser.Parse(row.Definition, row.Name, head.Rules.Vocabulary);
        return RuleMapping.Of(row, content, AmendmentStages.OfProposal(row), withTests: true);
    }
}
