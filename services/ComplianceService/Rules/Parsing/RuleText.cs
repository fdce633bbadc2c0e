using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>One rule text being read: its YAML root and the errors found so far.</summary>
internal sealed class RuleText
{
    public const int CharactersMax = 65_536;
    public const int DepthMax = 24;

    private readonly string file;
    private readonly List<RuleFileError> errors = [];

    private RuleText(string file) => this.file = file;

    /// <exception cref="RuleFileException">The text is no YAML mapping, or uses what rule texts do without.</exception>
    public static (RuleText Text, YamlMappingNode Root) Read(string yaml, string file)
    {
        if (yaml.Length > CharactersMax)
            throw new RuleFileException(file, 1, $"the text has {yaml.Length} characters, at most {CharactersMax} are read");
        try
        {
            RefuseShorthand(yaml, file);
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
                return (new RuleText(file), root);
        }
        catch (YamlException error)
        {
            throw new RuleFileException(file, (int)error.Start.Line, "not readable as YAML: " + error.Message);
        }

        throw new RuleFileException(file, 1, "one YAML mapping is expected");
    }

    public void Refuse(YamlNode node, string reason) => errors.Add(new RuleFileError(file, (int)node.Start.Line, reason));

    public void ThrowIfAny()
    {
        if (errors.Count > 0)
            throw new RuleFileException([.. errors.OrderBy(error => error.Line)]);
    }

    /// <summary>
    /// Anchors, aliases and tags would let a short text grow without bound or change its meaning; deep nesting would end the process.
    /// Both must be found before nodes are built.
    /// </summary>
    private static void RefuseShorthand(string yaml, string file)
    {
        var parser = new Parser(new StringReader(yaml));
        int depth = 0, documents = 0;
        while (parser.MoveNext())
        {
            var line = (int)parser.Current!.Start.Line;
            depth += parser.Current.NestingIncrease;
            if (depth > DepthMax)
                throw new RuleFileException(file, line, $"nested deeper than {DepthMax} levels");
            if (parser.Current is AnchorAlias || parser.Current is NodeEvent { Anchor.IsEmpty: false })
                throw new RuleFileException(file, line, "anchors and aliases are not part of the rule format");
            if (parser.Current is NodeEvent { Tag.IsEmpty: false })
                throw new RuleFileException(file, line, "tags are not part of the rule format");
            if (parser.Current is DocumentStart && ++documents > 1)
                throw new RuleFileException(file, line, "a second document; one is expected");
        }
    }
}
