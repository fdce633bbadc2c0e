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

/// <summary>A second person approves a release: the licence is reserved and the hold is settled.</summary>
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
                tx, method, request.RequestId, actor, request, clock.GetUtcNow(), () => Approve(tx, name!.Value, request.Etag, note, actor.Subject)),
            cancellation,
            request.ValidateOnly));
    }

    private async Task<V1.Release> Approve(Tx tx, (Guid Hold, Guid Release) name, string etag, string note, string actor)
    {
        var (taken, release) = await desk.Take(tx, name, etag);
        if (ReleaseRules.WhyNotApprove(taken.Hold, release, actor, taken.Circumstances) is { } refusal)
            throw refusal;
        if (release.LicenceId is { } licence)
        {
            var use = await HoldDesk.RequireCover(tx, taken, licence, release.FirstShipDate, release.LastShipDate);
            await LicenceStore.Reserve(tx, licence, use, $"Reserved for {Names.Release(release.HoldId, release.Id)}.", taken.Now);
        }

        var approved = release.Touched(taken.Now) with { State = ReleaseState.Approved, DecidedBy = actor, DecidedAt = taken.Now };
        await ReleaseStore.Update(tx, approved);
        var settled = taken.Hold.Touched(taken.Now) with { State = HoldState.Settled, CloseReason = $"{release.ReasonCode}: {release.Note}" };
        await HoldStore.Update(tx, settled);
        await Tell(tx, settled, approved, actor, taken.Now);
        await StandingNews.TellAfterHold(tx, taken.Shipment, await HoldStore.OfShipment(tx, taken.Shipment.Id), actor, taken.Now);
        await AuditLog.Record(tx, actor, Action, Names.Release(name.Hold, name.Release), AuditLog.Done, note, taken.Now);
        return HoldMapping.Of(approved);
    }

    private static Task Tell(Tx tx, Hold hold, Release release, string actor, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var settled = new HoldSettled(
            id, now, actor, hold.Id, hold.ShipmentId, hold.OrderId, hold.Reason, release.ProposedBy, release.LicenceId);
        return Outbox.Add(tx, id, settled, now);
    }
}
