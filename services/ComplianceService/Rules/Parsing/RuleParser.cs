using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>A rule file: the rule's id and title, what its amendments share, and the stack of them from the first.</summary>
internal static partial class RuleParser
{
    /// <exception cref="RuleFileException">The text is refused; every error found is in it, with line and reason.</exception>
    public static Rule Parse(string yaml, string file, Vocabulary vocabulary)
    {
        var (text, root) = RuleText.Read(yaml, file);
        string[] keys = ["rule", "title", "citation", "source", "certainty", "certainty_note", "sentence", "amendments"];
        if (Fields.Of(text, root, "a rule file", keys) is { } fields)
        {
            var id = fields.Words("rule");
            if (fields.Find("rule") is { } idNode && !IsRuleId(id))
                text.Refuse(idNode, $"'{id}' is no rule id: upper-case letters, digits and hyphens, at most 63");
            var amendments = ReadStack(text, fields, id, vocabulary);
            var title = fields.Words("title");
            text.ThrowIfAny();
            return new Rule(id, title, amendments);
        }

        text.ThrowIfAny();
        throw new InvalidOperationException("A refused text has an error.");
    }

    public static bool IsRuleId(string id) => RuleId().IsMatch(id);

    private static List<Amendment> ReadStack(RuleText text, Fields fields, string id, Vocabulary vocabulary)
    {
        var shared = AmendmentParser.ReadProvenance(text, fields, null);
        var stack = new List<Amendment>();
        if (fields.Require("amendments") is not { } node)
            return stack;
        if (node is not YamlSequenceNode { Children.Count: > 0 } sequence)
        {
            text.Refuse(node, "'amendments' is a list of at least one amendment");
            return stack;
        }

        foreach (var child in sequence.Children)
        {
            var (recordedAt, content) = AmendmentParser.ReadRecorded(text, child, vocabulary, shared);
            if (content is not null)
                stack.Add(new Amendment(id, stack.Count + 1, recordedAt, content));
        }

        return stack;
    }

    [GeneratedRegex("^[A-Z][A-Z0-9-]{0,62}$")]
    private static partial Regex RuleId();
}
