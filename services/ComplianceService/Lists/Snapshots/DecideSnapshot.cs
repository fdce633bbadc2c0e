using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Lists.Snapshots;

/// <summary>The second person's part: a snapshot that lists anybody less counts only once another person than its importer said so.</summary>
internal sealed class DecideSnapshot(ComplianceDb db, Knowledge knowledge, RecordSnapshot record, ComplianceOptions options, TimeProvider clock)
{
    public const int NoteCharactersMax = 2_000;
    private const string ApproveAction = "lists.approve";
    private const string RejectAction = "lists.reject";

    public Task<V1.ListSnapshot> Approve(ApproveListSnapshotRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return RefusalAudit.Guard(db, clock, actor, ApproveAction, request.Name, request.ValidateOnly, async () =>
        {
            var name = ListNames.RequireSnapshot(request.Name);
            var (changes, touched) = await db.Read(tx => Plan(tx, name.List, name.Number), context.CancellationToken);
            return await knowledge.Publish(() => db.Write(
                tx => Requests.Once(tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), async () =>
                {
                    var row = await Require(tx, request.Name, request.Etag, actor);
                    row.DecidedBy = actor.Subject;
                    await record.Run(tx, row, changes, touched);
                    await AuditLog.Record(tx, actor.Subject, ApproveAction, row.Name, AuditLog.Done, row.EntriesDigest, row.UpdatedAt);
                    return ListMapping.Of(row);
                }),
                context.CancellationToken,
                request.ValidateOnly));
        });
    }

    public Task<V1.ListSnapshot> Reject(RejectListSnapshotRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return RefusalAudit.Guard(
            db, clock, actor, RejectAction, request.Name, request.ValidateOnly,
            () => db.Write(
                tx => Requests.Once(
                    tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Reject(tx, request, actor)),
                context.CancellationToken,
                request.ValidateOnly));
    }

    private async Task<V1.ListSnapshot> Reject(Tx tx, RejectListSnapshotRequest request, Actor actor)
    {
        var violations = new Violations();
        var note = WireText.Parse(request.Note, "note", NoteCharactersMax, violations);
        violations.ThrowIfAny();
        ListNames.RequireSnapshot(request.Name);
        var row = await Require(tx, request.Name, request.Etag, actor);
        (row.State, row.DecidedBy, row.Note) = (SnapshotRow.Rejected, actor.Subject, note!);
        (row.Version, row.UpdatedAt) = (row.Version + 1, clock.GetUtcNow());
        if (!await ListStore.Update(tx, row))
            throw AlreadyDecided(row.Name);
        await AuditLog.Record(tx, actor.Subject, RejectAction, row.Name, AuditLog.Done, note!, row.UpdatedAt);
        return ListMapping.Of(row);
    }

    private async Task<(IReadOnlyList<EntryChange> Changes, TouchedShipments Touched)> Plan(Tx tx, string list, long number)
    {
        EntryChange[] changes = [.. (await ListStore.Changes(tx, list, number)).Select(ListDifference.Of)];
        var head = await knowledge.Current(tx);
        return (changes, await TouchedShipments.By(tx, changes, head.Lists.ThresholdAt(DateTimeOffset.MaxValue)));
    }

    private async Task<SnapshotRow> Require(Tx tx, string name, string etag, Actor actor)
    {
        var row = await ListStore.Find(tx, name) ?? throw new Refusal(ListReasons.SnapshotUnknown, $"There is no snapshot {name}.");
        if (row.State != SnapshotRow.Proposed)
            throw AlreadyDecided(name);
        if (OnePerson.Is(row.ImportedBy, actor.Subject))
            throw new Refusal(ComplianceReasons.SamePerson, $"{name} was imported by the same person; another one must decide on it.");
        Etag.Require(etag, row.Version, options.StrictEtags);
        return row;
    }

    private static Refusal AlreadyDecided(string name) =>
        new(ListReasons.SnapshotAlreadyDecided, $"{name} does not wait for a decision; import the list again.");
}
