using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.Wire;

/// <summary>Texts people write.</summary>
public static class WireText
{
    /// <summary>Reads a text that must be given; blank is <paramref name="missing"/>, by default TEXT_MISSING.</summary>
    /// <param name="charactersMax">The longest text, in UTF-16 characters.</param>
    /// <returns>The text without blanks around it; null if it was refused.</returns>
    public static string? Parse(string text, in FieldPath field, int charactersMax, Violations violations, Reason? missing = null)
    {
        if (!string.IsNullOrWhiteSpace(text))
            return ParseOptional(text, field, charactersMax, violations);
        violations.Add(field, missing ?? WireReasons.TextMissing, text, Allowed(1, charactersMax));
        return null;
    }

    /// <summary>Reads a text that may be blank.</summary>
    /// <param name="charactersMax">The longest text, in UTF-16 characters.</param>
    /// <returns>The text without blanks around it; null if it is blank or was refused.</returns>
    public static string? ParseOptional(string text, in FieldPath field, int charactersMax, Violations violations)
    {
        var trimmed = text.Trim();
        if (trimmed.Length <= charactersMax)
            return trimmed.Length == 0 ? null : trimmed;
        violations.Add(field, WireReasons.TextTooLong, trimmed, Allowed(0, charactersMax));
        return null;
    }

    private static string Allowed(int charactersMin, int charactersMax) =>
        string.Create(CultureInfo.InvariantCulture, $"{charactersMin} to {charactersMax} characters");
}
