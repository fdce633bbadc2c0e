using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.Contracts.Compliance;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>A second person approves a release: the licence is reserved and the hold is settled, or gone where its reason is gone.</summary>
internal sealed class ApproveRelease(ComplianceDb db, HoldDesk desk, TimeProvider clock)
{
    private const string Action = "releases.approve";

    public Task<V1.Release> Run(V1.ApproveReleaseRequest request, string method, Actor actor, CancellationToken cancellation)
    {
        var violations = new Violations();
        var name = ReleaseName.Parse(request.Name, "name", violations);
        var note = HoldTexts.Remark(request.Note, "note", violations);
        violations.ThrowIfAny();
        return RefusalAudit.Guard(db, clock, actor, Action, request.Name, request.ValidateOnly, () => db.Write(
            tx => Requests.Once(
                tx, method, request.RequestId, actor, request, clock.GetUtcNow(), () => Approve(tx, name!.Value, request.Etag, note, actor)),
            cancellation,
            request.ValidateOnly));
    }

    private async Task<V1.Release> Approve(Tx tx, (Guid Hold, Guid Release) name, string etag, string note, Actor actor)
    {
        var (taken, release) = await desk.Take(tx, name, etag);
        if (ReleaseRules.WhyNotApprove(taken.Hold, release, actor, taken.Circumstances, taken.Fires) is { } refusal)
            throw refusal;
        var approved = release.Touched(taken.Now) with { State = ReleaseState.Approved, DecidedBy = actor.Subject, DecidedAt = taken.Now };
        if (release.IsConfirmation)
            await HoldKeeper.Apply(tx, [taken.Hold], [HoldBook.Confirmed(taken.Hold, approved, taken.Now)], actor.Subject, taken.Now);
        else
            await Settle(tx, taken, approved);
        var holds = await HoldStore.OfShipment(tx, taken.Shipment.Id);
        await StandingNews.TellAfterHold(tx, taken.Shipment, holds, actor.Subject, taken.Now);
        await AuditLog.Record(tx, actor.Subject, Action, Names.Release(name.Hold, name.Release), AuditLog.Done, note, taken.Now);
        return HoldMapping.Of(approved, taken.Hold);
    }

    private static async Task Settle(Tx tx, DeskHold taken, Release approved)
    {
        if (approved.LicenceId is { } licence)
        {
            var use = await HoldDesk.RequireCover(tx, taken, licence, approved.FirstShipDate, approved.LastShipDate);
            await LicenceStore.Reserve(tx, licence, use, $"Reserved for {Names.Release(approved.HoldId, approved.Id)}.", taken.Now);
        }

        await ReleaseStore.Update(tx, approved);
        var hold = taken.Hold.Touched(taken.Now) with { State = HoldState.Settled, CloseReason = $"{approved.ReasonCode}: {approved.Note}" };
        await HoldStore.Update(tx, hold);
        var id = Guid.CreateVersion7(taken.Now);
        var settled = new HoldSettled(
            id, taken.Now, approved.DecidedBy, hold.Id, hold.ShipmentId, hold.OrderId, hold.Reason, approved.ProposedBy, approved.LicenceId);
        await Outbox.Add(tx, id, settled, taken.Now);
    }
}
