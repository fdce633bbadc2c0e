using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Licences.Exceptions;

/// <summary>A rule that reads a control paragraph.</summary>
internal sealed record ParagraphRow(string Paragraph, string Rule);

/// <summary>An exception from a rule, and the file of its terms.</summary>
internal sealed record ExceptionRow(LicenceKind Kind, string Rule, string Terms);

/// <summary>Reads the tables of a pack that are about licensing.</summary>
internal static class LicensingFiles
{
    public const string ParagraphsFile = "control-paragraphs.csv";
    public const string ExceptionsFile = "licence-exceptions.csv";

    /// <summary>Beside the rules: terms are no rules and are never decided by.</summary>
    public const string TermsFolder = "exceptions";

    /// <exception cref="RuleFileException">A file is refused, with every error found.</exception>
    public static (IReadOnlyList<ParagraphRow> Paragraphs, IReadOnlyList<ExceptionRow> Exceptions) Load(string directory) => (
        ParseParagraphs(File.ReadAllText(Path.Combine(directory, ParagraphsFile))),
        ParseExceptions(File.ReadAllText(Path.Combine(directory, ExceptionsFile))));

    private static List<ParagraphRow> ParseParagraphs(string csv)
    {
        using var rows = new CsvRows(csv, ParagraphsFile, "paragraph", "rule", "citation", "certainty");
        var paragraphs = new List<ParagraphRow>();
        while (rows.Read())
        {
            paragraphs.Add(new ParagraphRow(rows.RequiredText("paragraph"), rows.RequiredText("rule")));
            rows.RequiredText("citation");
            rows.Certainty("certainty");
        }

        rows.ThrowIfAny();
        return paragraphs;
    }

    private static List<ExceptionRow> ParseExceptions(string csv)
    {
        using var rows = new CsvRows(csv, ExceptionsFile, "exception", "rule", "terms");
        var exceptions = new List<ExceptionRow>();
        while (rows.Read())
        {
            var kind = rows.RequiredText("exception") switch { "NAC" => LicenceKind.ExceptionNac, "ACA" => LicenceKind.ExceptionAca, _ => LicenceKind.Licence };
            if (kind == LicenceKind.Licence)
                rows.Refuse("'exception' is NAC or ACA");
            exceptions.Add(new ExceptionRow(kind, rows.RequiredText("rule"), rows.RequiredText("terms")));
        }

        rows.ThrowIfAny();
        return exceptions;
    }
}
