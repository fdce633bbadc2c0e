using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>Makes an attempt to be one's own second person leave a trace, although its transaction is rolled back.</summary>
internal static class RefusalAudit
{
    /// <summary>Runs a whole write; a refusal that must be remembered is recorded in a transaction of its own, then thrown on.</summary>
    public static async Task<T> Guard<T>(
        ComplianceDb db, TimeProvider clock, Actor actor, string action, string subject, bool validateOnly, Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (Refusal refusal) when (refusal.Reason == ComplianceReasons.SamePerson && !validateOnly)
        {
            // Not cancelled with the call: whoever hangs up early is recorded too.
            await db.Write(
                tx => AuditLog.Record(tx, actor.Subject, action, subject, refusal.Reason.Name, refusal.Message, clock.GetUtcNow()),
                CancellationToken.None);
            throw;
        }
    }
}
