using System.Collections.Frozen;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Releases;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>
/// Makes attempts leave a trace, although their transactions are rolled back: to be one's own second person, and to release what may not
/// be released.
/// </summary>
internal static class RefusalAudit
{
    private static readonly FrozenSet<Reason> Remembered = FrozenSet.Create(
        ComplianceReasons.SamePerson,
        ReleaseReasons.RoleMayNotClear,
        ComplianceReasons.HoldCannotBeReleased,
        ComplianceReasons.LicenceRequiredForRelease,
        AuditReasons.RecordsUnderLegalHold,
        AuditReasons.RetentionNotOver,
        ComplianceReasons.LicenceDoesNotCover);

    /// <summary>Runs a whole write; a refusal that must be remembered is recorded in a transaction of its own, then thrown on.</summary>
    public static async Task<T> Guard<T>(
        ComplianceDb db, TimeProvider clock, Actor actor, string action, string subject, bool validateOnly, Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (Refusal refusal) when (Remembered.Contains(refusal.Reason) && !validateOnly)
        {
            // Not cancelled with the call: whoever hangs up early is recorded too.
            await db.Write(
                tx => AuditLog.Record(tx, actor.Subject, action, subject, refusal.Reason.Name, refusal.Message, clock.GetUtcNow()),
                CancellationToken.None);
            throw;
        }
    }
}
