using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Licences.Exceptions;

/// <summary>
/// What the pack says about licensing: which rules read which control paragraph, and the terms of the licence exceptions. Terms are
/// written as rules are, in time and with their sources: where one applies, the exception may be used.
/// </summary>
internal sealed class LicensingPack
{
    private readonly IReadOnlyList<ParagraphRow> paragraphs;
    private readonly IReadOnlyDictionary<string, ExceptionRow> exceptions;
    private readonly RuleSnapshot terms;

    private LicensingPack(IReadOnlyList<ParagraphRow> paragraphs, IReadOnlyList<ExceptionRow> exceptions, RuleSnapshot terms)
    {
        (this.paragraphs, this.terms) = (paragraphs, terms);
        this.exceptions = exceptions.ToDictionary(row => row.Terms, StringComparer.Ordinal);
        Paragraphs = [.. paragraphs.Select(row => row.Paragraph).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The one that comes with the product. It is data of the build, like its rules.</summary>
    public static LicensingPack Default { get; } = Load(RulePackFiles.DefaultDirectory);

    public IReadOnlyList<string> Paragraphs { get; }

    /// <exception cref="RuleFileException">A file is refused, or names terms that are not there.</exception>
    public static LicensingPack Load(string directory)
    {
        var (paragraphs, exceptions) = LicensingFiles.Load(directory);
        var pack = RulePackFiles.Load(directory, LicensingFiles.TermsFolder);
        var known = pack.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var missing = exceptions.Where(row => !known.Contains(row.Terms))
            .Select(row => new RuleFileError(LicensingFiles.ExceptionsFile, 1, $"the terms {row.Terms} stand in no file"));
        return missing.Any() ? throw new RuleFileException([.. missing]) : new LicensingPack(paragraphs, exceptions, RuleSnapshot.Build(pack, [], []));
    }

    /// <summary>The rules an exception is one from.</summary>
    public IReadOnlyList<string> RulesOf(LicenceKind kind) =>
        [.. exceptions.Values.Where(row => row.Kind == kind).Select(row => row.Rule).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The control paragraphs an item is under: those read by rules that fired. One that could not be decided does not count.</summary>
    public IReadOnlyList<string> ParagraphsOf(IReadOnlyList<Finding> findings)
    {
        var fired = findings.Where(finding => finding.Effect == Effect.LicenceRequired).Select(finding => finding.Rule).ToHashSet();
        return [.. paragraphs.Where(row => fired.Contains(row.Rule)).Select(row => row.Paragraph).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The exceptions from a rule whose terms the shipment meets on the day it was decided for, as known then.</summary>
    public IReadOnlyList<LicenceKind> ExceptionsFrom(string rule, ShipmentFacts facts, Decision decision)
    {
        var inputs = Inputs.Of(facts with { ShipDate = decision.ShipDate }, decision.ItemUsed);
        var met = terms.At(decision.KnownAt).On(decision.ShipDate).InForce
            .Where(bound => bound.Scope.Evaluate(inputs) == Truth.True && bound.Item.Evaluate(inputs) == Truth.True)
            .Select(bound => exceptions[bound.Amendment.Rule]);
        return [.. met.Where(row => row.Rule == rule).Select(row => row.Kind).Distinct()];
    }
}
