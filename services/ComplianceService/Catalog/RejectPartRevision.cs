using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>The second person says no. The proposal stays to be read and never counts.</summary>
internal sealed class RejectPartRevision(ComplianceDb db, Knowledge knowledge, ComplianceOptions options, TimeProvider clock)
{
    public const int NoteCharactersMax = 2_000;
    private const string Action = "parts.reject_revision";

    public Task<V1.PartRevision> Answer(RejectPartRevisionRequest request, ServerCallContext context)
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

    private async Task<V1.PartRevision> Reject(Tx tx, RejectPartRevisionRequest request, Actor actor)
    {
        var violations = new Violations();
        var note = WireText.Parse(request.Note, "note", NoteCharactersMax, violations);
        violations.ThrowIfAny();
        var (part, row) = await DecidableRevision.Require(
            tx, await knowledge.Current(tx), request.Name, request.Etag, options.StrictEtags, actor);
        var now = clock.GetUtcNow();
        row.State = PartRevisionRow.Rejected;
        row.Note = note!;
        await DecidableRevision.Close(tx, row, actor, now);
        await PartProposals.Touch(tx, part, now);
        await AuditLog.Record(tx, actor.Subject, Action, row.Name, AuditLog.Done, note!, now);
        return PartMapping.Of(row);
    }
}
