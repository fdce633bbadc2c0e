using System.Diagnostics;
using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Audit.Chain;

/// <summary>The last entry of the chain.</summary>
internal sealed class ChainHead
{
    public long Seq { get; init; }

    public string Hash { get; init; } = "";
}

/// <summary>
/// Appends to the chain, in the transaction of what it records: both are there, or neither. The place is taken by changing the head's row,
/// so a rollback leaves no gap and two writers never share a place.
/// </summary>
internal static class AuditChain
{
    private const string SelectHead = "select seq as Seq, hash as Hash from audit_heads where id = 1";

    private const string MoveHead = "update audit_heads set seq = @Seq, hash = @Hash where id = 1 and hash = @PreviousHash";

    private const string InsertEntry = """
        insert into audit_chain (seq, kind, subject, shipment, order_name, actor, action, outcome, detail, payload_digest, trace_id, recorded_at,
            previous_hash, hash)
        values (@Seq, @Kind, @Subject, @Shipment, @Order, @Actor, @Action, @Outcome, @Detail, @PayloadDigest, @TraceId, @RecordedAt,
            @PreviousHash, @Hash)
        """;

    private const string InsertPayload = "insert into audit_payloads (seq, body) values (@Seq, @Payload)";

    public static async Task<ChainHead> Head(Tx tx) =>
        await tx.QueryFirstOrDefault<ChainHead>(SelectHead) ?? throw new InvalidDataException("The audit chain has no head.");

    /// <summary>Adds one entry and returns its place.</summary>
    public static Task<long> Append(Tx tx, ChainRecord record, DateTimeOffset now) =>
        Append(tx, record, RecordText.Instant(now), Activity.Current?.TraceId.ToHexString() ?? "");

    /// <summary>Adds one entry about something that was recorded at another time, or in another trace.</summary>
    public static async Task<long> Append(Tx tx, ChainRecord record, string recordedAt, string traceId)
    {
        var head = await Head(tx);
        var entry = new ChainEntry
        {
            Seq = head.Seq + 1,
            Kind = Codes<ChainKind>.Of(record.Kind),
            Subject = record.Subject,
            Shipment = record.Shipment,
            Order = record.Order,
            Actor = record.Actor,
            Action = record.Action,
            Outcome = record.Outcome,
            Detail = record.Detail,
            PayloadDigest = record.Digest,
            TraceId = traceId,
            RecordedAt = recordedAt,
            PreviousHash = head.Hash,
            Hash = "",
        };
        entry = entry with { Hash = EntryHash.Of(entry) };
        await tx.Execute(InsertEntry, entry);
        if (await tx.Execute(MoveHead, entry) != 1)
            throw new InvalidOperationException("The audit chain has another head than its transaction read.");
        if (record.Payload is { } payload)
            await tx.Execute(InsertPayload, new { entry.Seq, Payload = payload });
        return entry.Seq;
    }
}
