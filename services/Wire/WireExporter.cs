using System.Buffers;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.Wire;

/// <summary>Exporters' identifiers. Letters of the authority bind their addressee only, so a near miss must not pass.</summary>
public static class WireExporter
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Reads an exporter's identifier, which must be given, in upper case.</summary>
    /// <returns>The identifier; null if it was refused.</returns>
    public static string? Parse(string exporter, in FieldPath field, Violations violations)
    {
        if (IsExporter(exporter))
            return exporter;
        violations.Add(
            field,
            WireReasons.ExporterInvalid,
            exporter,
            $"1 to {Limits.ExporterCharactersMax} upper-case letters, digits, dots, dashes and underscores, such as NVIDIA");
        return null;
    }

    // Begins with a letter or a digit.
    private static bool IsExporter(string exporter) =>
        exporter.Length is > 0 and <= Limits.ExporterCharactersMax
        && (char.IsAsciiLetterUpper(exporter[0]) || char.IsAsciiDigit(exporter[0]))
        && !exporter.AsSpan().ContainsAnyExcept(Allowed);
}
