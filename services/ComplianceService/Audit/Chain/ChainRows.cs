using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Audit.Chain;

/// <summary>A row of the table audit_chain. Every value is read as the text it is, so that hashes are of what is stored.</summary>
internal sealed class ChainRow
{
    public const string Columns = """
        seq as Seq, kind as Kind, subject as Subject, shipment as Shipment, order_name as OrderName, actor as Actor, action as Action,
        outcome as Outcome, detail as Detail, payload_digest as PayloadDigest, trace_id as TraceId, recorded_at as RecordedAt,
        previous_hash as PreviousHash, hash as Hash
        """;

    public long Seq { get; init; }

    /// <summary>The value a list is ordered by, as stored.</summary>
    public object? OrderKey { get; init; }

    public string Kind { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Shipment { get; init; } = "";

    public string OrderName { get; init; } = "";

    public string Actor { get; init; } = "";

    public string Action { get; init; } = "";

    public string Outcome { get; init; } = "";

    public string Detail { get; init; } = "";

    public string PayloadDigest { get; init; } = "";

    public string TraceId { get; init; } = "";

    public string RecordedAt { get; init; } = "";

    public string PreviousHash { get; init; } = "";

    public string Hash { get; init; } = "";

    public ChainEntry ToEntry() => new()
    {
        Seq = Seq,
        Kind = Kind,
        Subject = Subject,
        Shipment = Shipment,
        Order = OrderName,
        Actor = Actor,
        Action = Action,
        Outcome = Outcome,
        Detail = Detail,
        PayloadDigest = PayloadDigest,
        TraceId = TraceId,
        RecordedAt = RecordedAt,
        PreviousHash = PreviousHash,
        Hash = Hash,
    };
}

/// <summary>Entries as rows.</summary>
internal static class ChainRows
{
    private const string SelectRange = $"select {ChainRow.Columns} from audit_chain where seq >= @from and seq <= @to order by seq";

    private const string SelectHashes = "select hash from audit_chain where seq >= @from and seq <= @to order by seq";

    private const string SelectOfShipment = $"select {ChainRow.Columns} from audit_chain where shipment = @shipment order by seq";

    /// <summary>Entries by their places, both included.</summary>
    public static Task<IReadOnlyList<ChainRow>> Range(Tx tx, long from, long to) => tx.Query<ChainRow>(SelectRange, new { from, to });

    public static Task<IReadOnlyList<string>> Hashes(Tx tx, long from, long to) => tx.Query<string>(SelectHashes, new { from, to });

    public static Task<IReadOnlyList<ChainRow>> OfShipment(Tx tx, string shipment) => tx.Query<ChainRow>(SelectOfShipment, new { shipment });
}
