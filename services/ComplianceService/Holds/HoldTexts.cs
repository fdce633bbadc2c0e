using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>What staff write about holds.</summary>
internal static class HoldTexts
{
    /// <summary>The longest note, in characters.</summary>
    public const int NoteCharactersMax = 2_000;

    /// <summary>The longest name of an owner, in characters.</summary>
    public const int OwnerCharactersMax = 100;

    public const string Credit = "CREDIT";
    public const string Address = "ADDRESS";

    /// <summary>The reasons staff may place a hold for.</summary>
    public static IReadOnlyList<string> ReasonsByHand { get; } = ["STOP_SHIP", Credit, Address, "OTHER"];

    /// <summary>A note that must be given.</summary>
    public static string Note(string text, string field, Violations violations)
    {
        if (string.IsNullOrWhiteSpace(text))
            violations.Add(field, ComplianceReasons.NoteInvalid, null, Allowed(1, NoteCharactersMax));
        return Remark(text, field, violations);
    }

    /// <summary>A note that may be blank.</summary>
    public static string Remark(string text, string field, Violations violations)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > NoteCharactersMax)
            violations.Add(field, ComplianceReasons.NoteInvalid, trimmed, Allowed(0, NoteCharactersMax));
        return trimmed;
    }

    /// <summary>Who works on a hold; blank is nobody.</summary>
    public static string Owner(string text, string field, Violations violations)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > OwnerCharactersMax)
            violations.Add(field, ComplianceReasons.OwnerInvalid, trimmed, Allowed(0, OwnerCharactersMax));
        return trimmed;
    }

    public static string ReasonByHand(string text, string field, Violations violations)
    {
        if (!ReasonsByHand.Contains(text))
            violations.Add(field, ComplianceReasons.HoldReasonUnknown, text, string.Join(", ", ReasonsByHand));
        return text;
    }

    private static string Allowed(int min, int max) => string.Create(CultureInfo.InvariantCulture, $"{min} to {max} characters");
}
