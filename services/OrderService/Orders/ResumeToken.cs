using System.Buffers.Binary;
using System.Buffers.Text;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.OrderService.Orders;

/// <summary>Says where a watch of an order goes on: the order and the number of the last entry seen. Opaque to callers.</summary>
internal static class ResumeToken
{
    private const int GuidBytes = 16;
    private const int Bytes = GuidBytes + sizeof(long);
    private const string Allowed = "blank, or the resume_token of a response about the same order";

    /// <summary>Writes a token.</summary>
    public static string Of(Guid orderId, long number)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        orderId.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[GuidBytes..], number);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads the number of the last entry seen; 0 for a blank token.</summary>
    /// <exception cref="Refusal">RESUME_TOKEN_INVALID.</exception>
    public static long Parse(string token, Guid orderId)
    {
        if (token.Length == 0)
            return 0;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (Base64Url.IsValid(token, out var length) && length == Bytes && Base64Url.TryDecodeFromChars(token, bytes, out _)
            && new Guid(bytes[..GuidBytes], bigEndian: true) == orderId
            && BinaryPrimitives.ReadInt64BigEndian(bytes[GuidBytes..]) is >= 0 and var number)
        {
            return number;
        }

        Violations.Throw("resume_token", OrderReasons.ResumeTokenInvalid, token, Allowed);
        return 0;
    }
}
