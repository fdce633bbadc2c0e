using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>What a pack says of itself and leaves out, for every place that shows a decision.</summary>
internal sealed record PackNotes(string Name, string Title, string Notice, IReadOnlyList<string> LeftOut);

/// <summary>The definitions file of a pack: its notes, and the named places, item tests and policies its rules use.</summary>
internal static partial class DefinitionsParser
{
    /// <exception cref="RuleFileException">The text is refused; every error found is in it, with line and reason.</exception>
    public static (PackNotes Notes, Vocabulary Vocabulary) Parse(string yaml, string file, IEnumerable<string> groups)
    {
        var (text, root) = RuleText.Read(yaml, file);
        var vocabulary = Vocabulary.OfGroups(groups);
        var notes = new PackNotes("", "", "", []);
        string[] keys = ["pack", "title", "notice", "left_out", "places", "tests", "policies"];
        if (Fields.Of(text, root, "a definitions file", keys) is { } fields)
        {
            var leftOut = fields.Require("left_out") is { } node ? Fields.Texts(text, node, "left_out") : [];
            notes = new PackNotes(
                fields.Words("pack"), fields.Words("title"), fields.Words("notice"), [.. leftOut.Select(entry => entry.Value)]);
            vocabulary = Define(text, fields, vocabulary);
        }

        text.ThrowIfAny();
        return (notes, vocabulary);
    }

    /// <summary>A definition may use those above it in the file, which leaves no way to write a circle.</summary>
    private static Vocabulary Define(RuleText text, Fields fields, Vocabulary vocabulary)
    {
        var places = new Dictionary<string, PlaceSet>(StringComparer.Ordinal);
        var tests = new Dictionary<string, Condition>(StringComparer.Ordinal);
        var policies = new Dictionary<string, Policy>(StringComparer.Ordinal);
        var growing = vocabulary with { Places = places, Tests = tests, Policies = policies };
        foreach (var (name, node) in Named(text, fields.Find("places"), "places"))
            places[name] = new PlaceParser(text, growing).ReadNamed(node, name);
        foreach (var (name, node) in Named(text, fields.Find("tests"), "tests"))
            if (new ConditionParser(text, growing).Read(node, Sight.Item, $"the item test '{name}'") is { } test)
                tests[name] = test;
        foreach (var (name, node) in Named(text, fields.Find("policies"), "policies"))
            if (new PolicyParser(text, growing, new ConditionParser(text, growing)).Read(node) is { } policy)
                policies[name] = policy;
        return growing;
    }

    private static IEnumerable<(string Name, YamlNode Node)> Named(RuleText text, YamlNode? section, string what)
    {
        if (section is null)
            yield break;
        if (section is not YamlMappingNode mapping)
        {
            text.Refuse(section, $"'{what}' is a mapping of names to definitions");
            yield break;
        }

        foreach (var (key, node) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (DefinitionName().IsMatch(name))
                yield return (name, node);
            else
                text.Refuse(key, $"'{name}' is no name of a definition: at least three upper-case letters, digits or underscores");
        }
    }

    [GeneratedRegex("^[A-Z][A-Z0-9_]{2,62}$")]
    private static partial Regex DefinitionName();
}
