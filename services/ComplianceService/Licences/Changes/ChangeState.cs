using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences.Changes;

/// <summary>A call that moves a licence between its states, whichever of the four.</summary>
internal sealed record StateCall(
    VersionChange Change, string Method, Actor Actor, IMessage Request, string Name, string Reason, string Etag, string RequestId,
    bool ValidateOnly);

/// <summary>Activates, suspends, resumes and revokes licences.</summary>
internal sealed class ChangeState(ComplianceDb db, LicenceDesk desk, TimeProvider clock)
{
    public Task<V1.Licence> Run(StateCall call, CancellationToken cancellation)
    {
        var violations = new Violations();
        var id = WireName.Parse(call.Name, Names.Licences, "name", violations);
        // To stop a licence wants a reason: it is what the people concerned are told.
        var stops = call.Change is VersionChange.Suspended or VersionChange.Revoked;
        var reason = stops ? LicenceTexts.Reason(call.Reason, violations) : LicenceTexts.Remark(call.Reason, violations);
        violations.ThrowIfAny();
        var act = new LicenceAct(call.Change, call.Actor.Subject, reason, clock.GetUtcNow());
        return RefusalAudit.Guard(db, clock, call.Actor, act.Action, call.Name, call.ValidateOnly, () => db.Write(
            tx => Requests.Once(
                tx, call.Method, call.RequestId, call.Actor, call.Request, act.Now, () => Change(tx, id!.Value, call.Etag, act)),
            cancellation,
            call.ValidateOnly));
    }

    private async Task<V1.Licence> Change(Tx tx, Guid id, string etag, LicenceAct act)
    {
        var licence = await desk.Take(tx, id, etag);
        return await desk.Put(tx, licence, LicenceState.After(licence, act), act);
    }
}
