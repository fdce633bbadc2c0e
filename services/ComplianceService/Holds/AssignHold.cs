using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>Says who works on a hold.</summary>
internal sealed class AssignHold(ComplianceDb db, HoldDesk desk, TimeProvider clock)
{
    public Task<V1.Hold> Run(V1.AssignHoldRequest request, string method, Actor actor, CancellationToken cancellation)
    {
        var violations = new Violations();
        var id = WireName.Parse(request.Name, Names.Holds, "name", violations);
        var owner = HoldTexts.Owner(request.Owner, "owner", violations);
        violations.ThrowIfAny();
        return db.Write(
            tx => Requests.Once(
                tx, method, request.RequestId, actor, request, clock.GetUtcNow(), () => Assign(tx, id!.Value, request.Etag, owner, actor.Subject)),
            cancellation,
            request.ValidateOnly);
    }

    private async Task<V1.Hold> Assign(Tx tx, Guid id, string etag, string owner, string actor)
    {
        var now = clock.GetUtcNow();
        var hold = await HoldStore.Find(tx, id) ?? throw ReadHolds.Unknown(Names.Hold(id));
        desk.Guard(etag, hold.Version);
        if (hold.State is HoldState.Settled or HoldState.Voided)
            throw ReleaseRules.NotOpen(hold);
        var assigned = hold.Touched(now) with { Owner = owner };
        await HoldStore.Update(tx, assigned);
        await AuditLog.Record(tx, actor, "holds.assign", Names.Hold(id), AuditLog.Done, owner, now);
        return HoldMapping.Of(assigned);
    }
}
