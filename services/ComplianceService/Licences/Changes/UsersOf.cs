using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Licences.Changes;

/// <summary>The shipments that have something of a licence.</summary>
internal static class UsersOf
{
    private const string DueSql = """
        update shipments set decide_again_at = @now
        where phase in ('OPEN', 'PERMITTED')
            and shipment_id in (select shipment_id from licence_uses where licence_id = @licence and state <> 'RETURNED')
        """;

    /// <summary>Has those that are still here decided again at once; returns how many.</summary>
    public static Task<int> MakeDue(Tx tx, Guid licence, DateTimeOffset now) => tx.Execute(DueSql, new { licence, now });
}
