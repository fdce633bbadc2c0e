using OrderTracking.ComplianceService.Catalog;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>The rule pack the product ships, read once at the start.</summary>
/// <param name="Definitions">The text of each amendment by its name, in the form ProposeAmendment takes.</param>
internal sealed record PackFiles(RulePack Rules, IReadOnlyList<PartRevision> Catalogue, IReadOnlyDictionary<string, string> Definitions)
{
    /// <exception cref="RuleFileException">A file is refused: the service must not start without its rules.</exception>
    public static PackFiles Load(string directory) =>
        new(RulePackFiles.Load(directory), RulePackFiles.LoadCatalogue(directory), PackDefinitions.Load(directory));
}
