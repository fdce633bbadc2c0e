using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// The text digests are made of. Every free text is written with its length, so that no two different contents give one text.
/// </summary>
internal static class Canonical
{
    public static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    public static string Date(DateOnly? value) => value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";

    public static string Instant(DateTimeOffset? value) =>
        value?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>The UPPER_SNAKE form of an enum member, as rule files write it.</summary>
    public static string Code(string member)
    {
        var code = new StringBuilder(member.Length + 4);
        foreach (var letter in member)
        {
            if (char.IsAsciiLetterUpper(letter) && code.Length > 0)
                code.Append('_');
            code.Append(char.ToUpperInvariant(letter));
        }

        return code.ToString();
    }

    /// <summary>Adds one field; null and empty differ.</summary>
    public static StringBuilder Field(this StringBuilder text, string name, string? value)
    {
        text.Append(name).Append('=');
        if (value is null)
            return text.Append("-\n");
        return text.Append(CultureInfo.InvariantCulture, $"{value.Length}:").Append(value).Append('\n');
    }

    public static void WriteGroup(StringBuilder text, string word, IReadOnlyList<Condition> parts)
    {
        text.Append('(').Append(word);
        foreach (var part in parts)
        {
            text.Append(' ');
            part.WriteCanonical(text);
        }

        text.Append(')');
    }

    public static void WriteWords(StringBuilder text, string word, string[] values)
    {
        text.Append('(').Append(word);
        foreach (var value in values)
            text.Append(CultureInfo.InvariantCulture, $" {value.Length}:").Append(value);
        text.Append(')');
    }

    public static void WritePlaces(StringBuilder text, string word, PlaceSet places)
    {
        text.Append('(').Append(word).Append(' ');
        places.WriteCanonical(text);
        text.Append(')');
    }

    /// <summary>Lower-case SHA-256 hex of the text in UTF-8.</summary>
    public static string Digest(StringBuilder text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            // A character of two halves may lie across two chunks: what was encoded apart would be another text.
            var encoder = Encoding.UTF8.GetEncoder();
            var length = 0;
            foreach (var chunk in text.GetChunks())
                length += encoder.GetBytes(chunk.Span, bytes.AsSpan(length), flush: false);
            length += encoder.GetBytes([], bytes.AsSpan(length), flush: true);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes.AsSpan(0, length), hash);
            return Convert.ToHexStringLower(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
