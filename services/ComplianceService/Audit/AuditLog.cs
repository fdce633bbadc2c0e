using System.Diagnostics;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>What people did, and what they were refused. Rows are only ever added; the database refuses anything else.</summary>
internal static class AuditLog
{
    /// <summary>The outcome of an act that took place; a refused one has the name of the reason instead.</summary>
    public const string Done = "DONE";

    private const string Insert = """
        insert into audit_entries (entry_id, recorded_at, actor, action, subject, outcome, detail, trace_id)
        values (@EntryId, @RecordedAt, @Actor, @Action, @Subject, @Outcome, @Detail, @TraceId)
        """;

    /// <summary>Adds one entry, in the transaction of the act.</summary>
    /// <param name="action">What was done, such as <c>releases.approve</c>.</param>
    /// <param name="subject">The resource name of what it was done to.</param>
    public static Task Record(Tx tx, string actor, string action, string subject, string outcome, string detail, DateTimeOffset now) =>
        tx.Execute(
            Insert,
            new
            {
                EntryId = Guid.CreateVersion7(now),
                RecordedAt = now,
                Actor = actor,
                Action = action,
                Subject = subject,
                Outcome = outcome,
                Detail = detail,
                TraceId = Activity.Current?.TraceId.ToHexString() ?? "",
            });
}
