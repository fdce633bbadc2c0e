using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Rules.Parsing;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// Reads a pack's folder: definitions.yaml, country-groups.csv, chips.csv, and one file a rule. The only place of the engine that
/// touches a disk.
/// </summary>
internal static class RulePackFiles
{
    private const string Definitions = "definitions.yaml";

    /// <summary>The pack that comes with the product, beside the program.</summary>
    public static string DefaultDirectory { get; } = Path.Combine(AppContext.BaseDirectory, "RulePacks", "us-advanced-computing");

    /// <exception cref="RuleFileException">A file is refused; the errors of every file are in it.</exception>
    public static RulePack Load(string directory) => Load(directory, "");

    /// <summary>The rules of a folder inside the pack's, read with the pack's definitions and groups.</summary>
    /// <exception cref="RuleFileException">A file is refused; the errors of every file are in it.</exception>
    public static RulePack Load(string directory, string folder)
    {
        var groups = GroupFile.Parse(Text(directory, GroupFile.Name), GroupFile.Name);
        var (notes, vocabulary) = DefinitionsParser.Parse(
            Text(directory, Definitions), Definitions, groups.Select(row => row.Group).Distinct(StringComparer.Ordinal));
        var rules = new SortedDictionary<string, Rule>(StringComparer.Ordinal);
        var errors = new List<RuleFileError>();
        foreach (var file in Directory.GetFiles(Path.Combine(directory, folder), "*.yaml").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal))
        {
            if (file == Definitions)
                continue;
            try
            {
                var rule = RuleParser.Parse(Text(Path.Combine(directory, folder), file), file, vocabulary);
                if (!rules.TryAdd(rule.Id, rule))
                    errors.Add(new RuleFileError(file, 1, $"the rule {rule.Id} stands in two files"));
            }
            catch (RuleFileException refused)
            {
                errors.AddRange(refused.Errors);
            }
        }

        return errors.Count > 0 ? throw new RuleFileException(errors) : new RulePack(notes, vocabulary, [.. rules.Values], groups);
    }

    /// <exception cref="RuleFileException">The file is refused, with every error found.</exception>
    public static IReadOnlyList<PartRevision> LoadCatalogue(string directory) =>
        ChipFile.Parse(Text(directory, ChipFile.Name), ChipFile.Name);

    private static string Text(string directory, string file) => File.ReadAllText(Path.Combine(directory, file));
}
