using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Lists.Clearances;

/// <summary>
/// The second person's part, and the way back. Approval and revocation are recorded like a list is: from the commit on every decision
/// knows of them, and the shipments of the party are due.
/// </summary>
internal sealed class DecideClearance(ComplianceDb db, Knowledge knowledge, RecheckSignal recheck, ComplianceOptions options, TimeProvider clock)
{
    private const string ApproveAction = "clearances.approve";
    private const string RejectAction = "clearances.reject";
    private const string RevokeAction = "clearances.revoke";

    public Task<V1.Clearance> Approve(ApproveClearanceRequest request, ServerCallContext context) => Decide(
        context, ApproveAction, request.Name, request.RequestId, request.ValidateOnly, request, async (tx, actor) =>
        {
            var row = await RequireProposed(tx, request.Name, request.Etag, actor);
            var (list, entry) = ListNames.TryEntry(row.Entry, out var its, out var id) ? (its, id) : throw new InvalidDataException(row.Entry);
            if ((await ListStore.OpenSpan(tx, list, entry))?.Digest != row.EntryDigest)
                throw new Refusal(ListReasons.ClearanceOutdated, $"{row.Entry} does not say any more what it said when {row.Name} was proposed.");
            row.State = ClearanceRow.Approved;
            row.DecidedBy = actor.Subject;
            row.RecordedAt = await knowledge.NextInstant(tx);
            await Store(tx, row, row.RecordedAt.Value);
            await MakeKnown(tx, row, ListStore.Clearance, row.RecordedAt.Value);
            return (row, row.EntryDigest);
        });

    public Task<V1.Clearance> Reject(RejectClearanceRequest request, ServerCallContext context) => Decide(
        context, RejectAction, request.Name, request.RequestId, request.ValidateOnly, request, async (tx, actor) =>
        {
            var note = Note(request.Note);
            var row = await RequireProposed(tx, request.Name, request.Etag, actor);
            (row.State, row.DecidedBy, row.CloseNote) = (ClearanceRow.Rejected, actor.Subject, note);
            await Store(tx, row, clock.GetUtcNow());
            return (row, note);
        });

    public Task<V1.Clearance> Revoke(RevokeClearanceRequest request, ServerCallContext context) => Decide(
        context, RevokeAction, request.Name, request.RequestId, request.ValidateOnly, request, async (tx, actor) =>
        {
            var note = Note(request.Note);
            var row = await Require(tx, request.Name);
            if (row.State != ClearanceRow.Approved)
                throw new Refusal(ListReasons.ClearanceNotApproved, $"{row.Name} is {row.State}; only an approved clearance is revoked.");
            Etag.Require(request.Etag, row.Version, options.StrictEtags);
            (row.State, row.RevokedBy, row.CloseNote) = (ClearanceRow.Revoked, actor.Subject, note);
            row.RevokedAt = await knowledge.NextInstant(tx);
            await Store(tx, row, row.RevokedAt.Value);
            await MakeKnown(tx, row, ListStore.Revocation, row.RevokedAt.Value);
            return (row, note);
        });

    private Task<V1.Clearance> Decide(
        ServerCallContext context, string action, string name, string requestId, bool validateOnly, Google.Protobuf.IMessage request,
        Func<Tx, Actor, Task<(ClearanceRow Row, string Detail)>> decide)
    {
        var actor = context.Actor();
        return RefusalAudit.Guard(db, clock, actor, action, name, validateOnly, () => knowledge.Publish(() => db.Write(
            tx => Requests.Once(tx, context.Method, requestId, actor, request, clock.GetUtcNow(), async () =>
            {
                var (row, detail) = await decide(tx, actor);
                await AuditLog.Record(tx, actor.Subject, action, row.Name, AuditLog.Done, detail, row.UpdatedAt);
                return ListMapping.Of(row);
            }),
            context.CancellationToken,
            validateOnly)));
    }

    private async Task MakeKnown(Tx tx, ClearanceRow row, string kind, DateTimeOffset recordedAt)
    {
        await ListStore.Record(tx, kind, row.Name, recordedAt);
        await ShipmentParties.MakeDue(tx, row.PartyKey, row.PartyCountry, clock.GetUtcNow());
        tx.AfterCommit(recheck.Wake);
    }

    private async Task<ClearanceRow> RequireProposed(Tx tx, string name, string etag, Actor actor)
    {
        var row = await Require(tx, name);
        if (row.State != ClearanceRow.Proposed)
            throw new Refusal(ListReasons.ClearanceNotProposed, $"{row.Name} is {row.State}; it was decided before.");
        if (OnePerson.Is(row.ProposedBy, actor.Subject))
            throw new Refusal(ComplianceReasons.SamePerson, $"{row.Name} was proposed by the same person; another one must decide on it.");
        Etag.Require(etag, row.Version, options.StrictEtags);
        return row;
    }

    private static async Task<ClearanceRow> Require(Tx tx, string name) =>
        await ClearanceStore.Find(tx, WireName.Require(name, ListNames.Clearances))
        ?? throw new Refusal(ListReasons.ClearanceUnknown, $"There is no clearance {name}.");

    private static async Task Store(Tx tx, ClearanceRow row, DateTimeOffset now)
    {
        row.Version++;
        row.UpdatedAt = now;
        if (!await ClearanceStore.Update(tx, row))
            throw new Refusal(ListReasons.ClearanceNotProposed, $"{row.Name} was decided on meanwhile.");
    }

    private static string Note(string text)
    {
        var violations = new Violations();
        var note = WireText.Parse(text, "note", ProposeClearance.NoteCharactersMax, violations);
        violations.ThrowIfAny();
        return note!;
    }
}
