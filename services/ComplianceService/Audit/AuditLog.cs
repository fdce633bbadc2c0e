using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>What people did, and what they were refused: entries of the audit chain.</summary>
internal static class AuditLog
{
    /// <summary>The outcome of an act that took place; a refused one has the name of the reason instead.</summary>
    public const string Done = "DONE";

    /// <summary>Adds one entry, in the transaction of the act.</summary>
    /// <param name="action">What was done, such as <c>releases.approve</c>.</param>
    /// <param name="subject">The resource name of what it was done to.</param>
    public static async Task Record(
        Tx tx, string actor, string action, string subject, string outcome, string detail, DateTimeOffset now)
    {
        var (shipment, order) = await Transactions.Of(tx, subject);
        await AuditChain.Append(
            tx,
            new ChainRecord(ChainKind.Act, subject, actor, action, outcome) { Shipment = shipment, Order = order, Detail = detail },
            now);
    }
}
