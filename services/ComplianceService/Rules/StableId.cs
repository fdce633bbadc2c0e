using System.Security.Cryptography;
using System.Text;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>The uid of what comes from the product's files: made of its name (RFC 9562, version 8), so it is the same everywhere.</summary>
internal static class StableId
{
    private const int Bytes = 16;

    public static Guid Of(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name))[..Bytes];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
