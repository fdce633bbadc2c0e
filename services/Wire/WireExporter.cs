using System.Text.RegularExpressions;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.Wire;

/// <summary>Exporters' identifiers. Letters of the authority bind their addressee only, so a near miss must not pass.</summary>
public static partial class WireExporter
{
    /// <summary>Reads an exporter's identifier, which must be given, in upper case.</summary>
    /// <returns>The identifier; null if it was refused.</returns>
    public static string? Parse(string exporter, in FieldPath field, Violations violations)
    {
        if (ExporterPattern().IsMatch(exporter))
            return exporter;
        violations.Add(
            field,
            WireReasons.ExporterInvalid,
            exporter,
            $"1 to {Limits.ExporterCharactersMax} upper-case letters, digits, dots, dashes and underscores, such as NVIDIA");
        return null;
    }

    [GeneratedRegex(@"\A[A-Z0-9][A-Z0-9._-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ExporterPattern();
}
