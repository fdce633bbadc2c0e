using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Holds;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>A second person rejects a release: the hold is open again.</summary>
internal sealed class RejectRelease(ComplianceDb db, HoldDesk desk, TimeProvider clock)
{
    private const string Action = "releases.reject";

    public Task<V1.Release> Run(V1.RejectReleaseRequest request, string method, Actor actor, CancellationToken cancellation)
    {
        var violations = new Violations();
        var name = ReleaseName.Parse(request.Name, "name", violations);
        var note = HoldTexts.Note(request.Note, "note", violations);
        violations.ThrowIfAny();
        return RefusalAudit.Guard(db, clock, actor, Action, request.Name, request.ValidateOnly, () => db.Write(
            tx => Requests.Once(
                tx, method, request.RequestId, actor, request, clock.GetUtcNow(), () => Reject(tx, name!.Value, request.Etag, note, actor)),
            cancellation,
            request.ValidateOnly));
    }

    private async Task<V1.Release> Reject(Tx tx, (Guid Hold, Guid Release) name, string etag, string note, Actor actor)
    {
        var (taken, release) = await desk.Take(tx, name, etag);
        if (ReleaseRules.WhyNotDecide(taken.Hold, release, actor) is { } refusal)
            throw refusal;
        var rejected = release.Touched(taken.Now) with
        {
            State = ReleaseState.Rejected,
            DecidedBy = actor.Subject,
            DecidedAt = taken.Now,
            CloseReason = note,
        };
        await ReleaseStore.Update(tx, rejected);
        await HoldStore.Update(tx, taken.Hold.Touched(taken.Now) with { State = HoldState.Open });
        await ReleaseNews.Rejected(tx, rejected, taken.Hold, taken.Now);
        await AuditLog.Record(tx, actor.Subject, Action, Names.Release(name.Hold, name.Release), AuditLog.Done, note, taken.Now);
        return HoldMapping.Of(rejected, taken.Hold);
    }
}
