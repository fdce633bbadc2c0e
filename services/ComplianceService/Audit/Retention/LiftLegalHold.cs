using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit.Retention;

/// <summary>Two people end a legal hold: the first call proposes it, the call of another person does it.</summary>
internal sealed class LiftLegalHold(ComplianceDb db, ComplianceOptions options, TimeProvider clock)
{
    private const string Action = "legal_holds.lift";

    public Task<V1.LegalHold> Run(V1.LiftLegalHoldRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        var violations = new Violations();
        var id = WireName.Parse(request.Name, LegalHoldRow.Collection, "name", violations);
        var note = WireText.Parse(request.Note, "note", RecordRetentionEvent.NoteCharactersMax, violations);
        violations.ThrowIfAny();
        return RefusalAudit.Guard(db, clock, actor, Action, request.Name, request.ValidateOnly, () => db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(),
                () => Lift(tx, id!.Value, request.Etag, note!, actor.Subject)),
            context.CancellationToken,
            request.ValidateOnly));
    }

    private async Task<V1.LegalHold> Lift(Tx tx, Guid id, string etag, string note, string actor)
    {
        var now = clock.GetUtcNow();
        var row = await LegalHolds.Find(tx, id)
            ?? throw new Refusal(AuditReasons.LegalHoldUnknown, $"{WireName.Of(LegalHoldRow.Collection, id)} does not exist.");
        var state = Codes<LegalHoldState>.Parse(row.State);
        if (state == LegalHoldState.Lifted)
            throw new Refusal(AuditReasons.LegalHoldAlreadyLifted, $"{row.Name} is lifted.");
        if (state == LegalHoldState.LiftProposed && OnePerson.Is(row.LiftProposedBy, actor))
            throw new Refusal(ComplianceReasons.SamePerson, $"{actor} proposed to lift {row.Name}; another person must agree.");
        Etag.Require(etag, row.Version, options.StrictEtags);
        var after = state == LegalHoldState.Placed
            ? row with { State = Codes<LegalHoldState>.Of(LegalHoldState.LiftProposed), LiftProposedBy = actor, LiftNote = note }
            : row with { State = Codes<LegalHoldState>.Of(LegalHoldState.Lifted), LiftedBy = actor };
        after = after with { Version = row.Version + 1, UpdatedAt = now };
        await LegalHolds.Update(tx, after);
        await AuditLog.Record(tx, actor, Action, row.Shipment, after.State, $"{row.Name}: {note}", now);
        return after.ToMessage();
    }
}
