using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Contracts.Compliance;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences.Changes;

/// <summary>Who changes a licence, when and why.</summary>
internal sealed record LicenceAct(VersionChange Change, string Actor, string Reason, DateTimeOffset Now)
{
    /// <summary>Its name in the audit trail.</summary>
    public string Action => Change switch
    {
        VersionChange.Registered => "licences.register",
        VersionChange.Activated => "licences.activate",
        VersionChange.Amended => "licences.amend",
        VersionChange.Suspended => "licences.suspend",
        VersionChange.Resumed => "licences.resume",
        VersionChange.Revoked => "licences.revoke",
        VersionChange.Notified => "licences.notify",
        _ => "licences.answer",
    };
}

/// <summary>Takes a licence up to change it, and puts the next version back with all that follows from it.</summary>
internal sealed class LicenceDesk(ComplianceOptions options, RecheckSignal signal)
{
    /// <exception cref="Refusal">LICENCE_UNKNOWN, ETAG_MISMATCH or ETAG_REQUIRED.</exception>
    public async Task<Licence> Take(Tx tx, Guid id, string etag)
    {
        var licence = await LicenceStore.Find(tx, id) ?? throw new Refusal(
            RegisterReasons.LicenceUnknown, $"There is no licence licences/{id:D}.");
        Etag.Require(etag, licence.Version, options.StrictEtags);
        return licence;
    }

    /// <summary>Stores the next version, keeps it whole, tells it, and makes the shipments that use the licence due at once.</summary>
    public async Task<V1.Licence> Put(Tx tx, Licence before, Licence after, LicenceAct act)
    {
        await LicenceHistory.KeepFirst(tx, before);
        var next = after with
        {
            Revision = Math.Max(before.Revision, 1) + 1,
            Version = before.Version + 1,
            UpdatedAt = act.Now,
        };
        await LicenceRecord.Update(tx, next);
        var told = await Tell(tx, next, act);
        if (await UsersOf.MakeDue(tx, next.Id, act.Now) > 0)
            tx.AfterCommit(signal.Wake);
        return told;
    }

    /// <summary>Keeps a version that is stored, and tells it.</summary>
    public static async Task<V1.Licence> Tell(Tx tx, Licence licence, LicenceAct act)
    {
        var answer = LicenceMapping.Of(licence, act.Now);
        await LicenceHistory.Keep(tx, licence, answer, act);
        await AuditLog.Record(tx, act.Actor, act.Action, licence.Name, AuditLog.Done, $"{licence.Number} {act.Reason}".Trim(), act.Now);
        var id = Guid.CreateVersion7(act.Now);
        await Outbox.Add(
            tx,
            id,
            new LicenceChanged(
                id, act.Now, act.Actor, licence.Id, licence.Number, Codes<VersionChange>.Of(act.Change), licence.State, licence.Revision,
                act.Reason),
            act.Now);
        return answer;
    }
}
