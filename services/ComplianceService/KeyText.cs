using System.Security.Cryptography;
using System.Text;

namespace OrderTracking.ComplianceService;

/// <summary>
/// Texts that rows are found by. An index takes them up to a length only, and letters written out may make a name of the longest kind
/// longer than that.
/// </summary>
internal static class KeyText
{
    /// <summary>Characters of a key: what a server's index takes beside its other columns.</summary>
    public const int CharactersMax = 600;

    private const string DigestMark = "#";

    /// <summary>The text; of a longer one its beginning and its digest, so that two of them stay two.</summary>
    public static string Fit(string text, int charactersMax = CharactersMax)
    {
        if (text.Length <= charactersMax)
            return text;
        var end = DigestMark + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var kept = charactersMax - end.Length;
        // Half a letter cannot be stored.
        return text[..(char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept)] + end;
    }
}
