using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Audit.Retention;

/// <summary>What was erased when its time was over, as the chain's own entries name it: a row that merely says so proves nothing.</summary>
internal static class ErasedRecords
{
    private const string SelectErasures = """
        select p.body from audit_chain c join audit_payloads p on p.seq = c.seq where c.kind = 'PURGE' order by c.seq
        """;

    /// <summary>The payload of an entry that records an erasure: one name a line.</summary>
    public static string Text(IEnumerable<string> names) => string.Join('\n', names);

    public static async Task<IReadOnlySet<string>> Names(Tx tx) =>
        (await tx.Query<string>(SelectErasures)).SelectMany(body => body.Split('\n')).ToHashSet(StringComparer.Ordinal);
}
