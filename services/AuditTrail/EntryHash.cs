using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrderTracking.AuditTrail;

/// <summary>
/// SHA-256 over the fields of an entry. Each field is written as its length in bytes (four bytes, big endian) and its UTF-8 text, behind the
/// name of this form, so that no two different entries give the same bytes.
/// </summary>
public static class EntryHash
{
    /// <summary>What stands for the entry before the first.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    private const string Form = "ordertracking audit entry 1";
    private const int LengthBytes = sizeof(int);

    /// <summary>The hash of an entry, lower-case hex; its own field <see cref="ChainEntry.Hash"/> is not looked at.</summary>
    public static string Of(ChainEntry entry)
    {
        ReadOnlySpan<string> fields =
        [
            Form,
            entry.Seq.ToString(CultureInfo.InvariantCulture),
            entry.Kind,
            entry.Subject,
            entry.Shipment,
            entry.Order,
            entry.Actor,
            entry.Action,
            entry.Outcome,
            entry.Detail,
            entry.PayloadDigest,
            entry.TraceId,
            entry.RecordedAt,
            entry.PreviousHash,
        ];
        var size = 0;
        foreach (var field in fields)
            size += LengthBytes + Encoding.UTF8.GetMaxByteCount(field.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var written = 0;
            foreach (var field in fields)
                written += Write(field, buffer.AsSpan(written));
            return Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, written)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Lower-case SHA-256 hex of a record's bytes.</summary>
    public static string OfPayload(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));

    /// <summary>Lower-case SHA-256 hex of a record's text in UTF-8.</summary>
    public static string OfPayload(string payload) => OfPayload(Encoding.UTF8.GetBytes(payload));

    private static int Write(string field, Span<byte> target)
    {
        var length = Encoding.UTF8.GetBytes(field, target[LengthBytes..]);
        BinaryPrimitives.WriteInt32BigEndian(target, length);
        return LengthBytes + length;
    }
}
