using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OrderTracking.ComplianceService;

/// <summary>The text an enum's value has in a database row or an event: RELEASE_PROPOSED for ReleaseProposed.</summary>
internal static class Codes<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>()
        .ToFrozenDictionary(value => value, value => WordStart.Regex().Replace(value.ToString(), "_").ToUpperInvariant());

    private static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);

    public static string Of(T value) => Texts[value];

    /// <exception cref="KeyNotFoundException">The text is none of the enum's.</exception>
    public static T Parse(string text) => Values[text];
}

/// <summary>The places before a capital inside a word.</summary>
internal static partial class WordStart
{
    [GeneratedRegex("(?<=.)(?=[A-Z])")]
    public static partial Regex Regex();
}
