using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Licences.Exceptions;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>Reads the lines of a licence; those of an amended one keep their numbers and what is used of them.</summary>
internal static class LicenceLines
{
    public const int LinesMax = 200;
    public const long LineQuantityMax = 1_000_000_000;
    private const int ParagraphCharactersMax = 32;

    /// <returns>Whole only if nothing was added to the violations.</returns>
    public static IReadOnlyList<LicenceLine> Parse(
        IReadOnlyCollection<V1.LicenceLine> given, string field, LicenceKind kind, Licence? existing, Violations violations)
    {
        var parsed = LicenceStatement.ParseList(
            given, field, LinesMax, (line, at) => ParseLine(line, at, kind, existing, violations), violations);
        if (existing is null)
            return [.. parsed.Select((line, index) => line with { Number = index + 1 })];
        LicenceStatement.RefuseDuplicates(
            [.. parsed.Where(line => line.Number > 0).Select(line => line.Number.ToString(CultureInfo.InvariantCulture))], field, violations);
        // A number is never given twice, so that old movements keep meaning their line.
        var next = existing.LastLine;
        return [.. parsed.Select(line => line.Number > 0 ? line : line with { Number = ++next }).OrderBy(line => line.Number)];
    }

    private static LicenceLine? ParseLine(V1.LicenceLine line, string field, LicenceKind kind, Licence? existing, Violations violations)
    {
        var found = violations.Found.Count;
        var before = existing?.Lines.FirstOrDefault(known => known.Number == line.Number);
        if (existing is not null && line.Number != 0 && before is null)
            violations.Add(
                $"{field}.number", LicenceReasons.LicenceLineUnknown, line.Number.ToString(CultureInfo.InvariantCulture),
                $"{string.Join(", ", existing.Lines.Select(known => known.Number))}, or 0 for a new line");
        var (partNumber, family, paragraph) = ParseItem(line, field, violations);
        var quantity = kind == LicenceKind.Licence ? ParseQuantity(line, field, violations) : null;
        var value = WireMoney.ParseOptional(line.Value, $"{field}.value", violations);
        if (value is { MinorUnits: 0 })
            violations.Add($"{field}.value", RegisterReasons.LicenceValueNotPositive, "0", "an amount above 0, or none for no limit");
        if (kind != LicenceKind.Licence && (line.Quantity != 0 || line.Value is not null))
            violations.Add(field, LicenceReasons.ExceptionHasNoLimit, $"quantity {line.Quantity}", "quantity 0 and no value");
        return violations.Found.Count > found ? null : new LicenceLine(
            before?.Number ?? 0, partNumber, family, quantity, value, before?.ReservedQuantity ?? 0, before?.DrawnQuantity ?? 0,
            before?.UsedValueMinor ?? 0)
        {
            ControlParagraph = paragraph,
        };
    }

    private static (string? PartNumber, string? Family, string? Paragraph) ParseItem(V1.LicenceLine line, string field, Violations violations)
    {
        if (((string[])[line.PartNumber, line.Family, line.ControlParagraph]).Count(text => text.Length > 0) != 1)
            violations.Add(
                field, RegisterReasons.LicenceItemInvalid,
                $"part_number {line.PartNumber}, family {line.Family}, control_paragraph {line.ControlParagraph}",
                "exactly one of part number, family and control paragraph");
        var partNumber = line.PartNumber.Length > 0 ? WireItem.ParsePartNumber(line.PartNumber, $"{field}.part_number", violations) : null;
        var family = WireText.ParseOptional(line.Family, $"{field}.family", Limits.FamilyCharactersMax, violations);
        var paragraph = WireText.ParseOptional(line.ControlParagraph, $"{field}.control_paragraph", ParagraphCharactersMax, violations);
        if (paragraph is not null && !LicensingPack.Default.Paragraphs.Contains(paragraph))
            violations.Add(
                $"{field}.control_paragraph", LicenceReasons.ControlParagraphUnknown, paragraph,
                string.Join(", ", LicensingPack.Default.Paragraphs));
        return (partNumber, family, paragraph);
    }

    private static long? ParseQuantity(V1.LicenceLine line, string field, Violations violations)
    {
        if (line.Quantity is <= 0 or > LineQuantityMax)
            violations.Add(
                $"{field}.quantity", line.Quantity <= 0 ? WireReasons.QuantityNotPositive : WireReasons.QuantityTooLarge,
                line.Quantity.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"1 to {LineQuantityMax} units"));
        return line.Quantity;
    }
}
