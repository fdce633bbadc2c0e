using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;
using WireTypes = OrderTracking.Types.V1;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>What is said about a part, once it was found to be well said.</summary>
internal sealed record StatedPart(string Family, string Vendor, string Description, ItemFacts Facts, string Source, Certainty Certainty);

/// <summary>Reads what callers say about parts, and names of parts and revisions.</summary>
internal static class PartStatements
{
    public const int VendorCharactersMax = 100;
    public const int DescriptionCharactersMax = 500;
    public const int SourceCharactersMax = 500;
    private const string Parts = "parts/";
    private const string Revisions = "/revisions/";

    /// <returns>Null only if something was added to the violations.</returns>
    public static StatedPart? Parse(V1.PartStatement? statement, string field, Violations violations)
    {
        var found = violations.Found.Count;
        statement ??= new V1.PartStatement();
        var family = WireText.Parse(statement.Family, $"{field}.family", Limits.FamilyCharactersMax, violations);
        var vendor = WireText.Parse(statement.Vendor, $"{field}.vendor", VendorCharactersMax, violations);
        var description = WireText.ParseOptional(statement.Description, $"{field}.description", DescriptionCharactersMax, violations);
        var facts = ParseFacts(statement.Facts, $"{field}.facts", violations);
        var (source, certainty) = ParseProvenance(statement.Source, statement.Certainty, field + ".", violations);
        return violations.Found.Count > found ? null : new StatedPart(
            family!, vendor!, description ?? "", facts, source!, certainty!.Value);
    }

    public static ItemFacts ParseFacts(WireTypes.ItemFacts? facts, string field, Violations violations) =>
        WireItem.ParseFacts(facts, field, violations) is { } stated ? FactsMapping.Of(stated) : ItemFacts.Unknown;

    public static (string? Source, Certainty? Certainty) ParseProvenance(
        string source, V1.Certainty certainty, string prefix, Violations violations)
    {
        var read = WireText.Parse(source, $"{prefix}source", SourceCharactersMax, violations);
        var stated = WireCodes.Of(certainty);
        if (stated is null)
            violations.Add(
                $"{prefix}certainty", RegisterReasons.CertaintyMissing, certainty.ToString(),
                "CONFIRMED, SECONDARY, RECALLED or UNCONFIRMED");
        return (read, stated);
    }

    /// <summary>Reads parts/{part}; a part number may hold slashes.</summary>
    /// <returns>The part number; null if the name was refused.</returns>
    public static string? ParseName(string name, Violations violations)
    {
        if (name.StartsWith(Parts, StringComparison.Ordinal))
            return WireItem.ParsePartNumber(name[Parts.Length..], "name", violations);
        violations.Add("name", BuildingReasons.NameInvalid, name, "parts/{part}");
        return null;
    }

    /// <exception cref="Refusal">NAME_INVALID.</exception>
    public static (string PartNumber, int Number) RequireRevision(string name)
    {
        var at = name.LastIndexOf(Revisions, StringComparison.Ordinal);
        if (at >= Parts.Length && name.StartsWith(Parts, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(at + Revisions.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0)
            return (name[Parts.Length..at], number);
        Violations.Throw("name", BuildingReasons.NameInvalid, name, "parts/{part}/revisions/{number}");
        return default;
    }
}
