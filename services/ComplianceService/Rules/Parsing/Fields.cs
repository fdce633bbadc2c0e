using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>A mapping read strictly: every key must be one of those allowed, and none may stand twice.</summary>
internal sealed class Fields
{
    private readonly RuleText text;
    private readonly YamlMappingNode mapping;
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);

    private Fields(RuleText text, YamlMappingNode mapping)
    {
        this.text = text;
        this.mapping = mapping;
    }

    public static Fields? Of(RuleText text, YamlNode node, string what, params ReadOnlySpan<string> allowed)
    {
        if (node is not YamlMappingNode mapping)
        {
            text.Refuse(node, $"{what} is a mapping of {string.Join(", ", allowed!)}");
            return null;
        }

        var fields = new Fields(text, mapping);
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!allowed.Contains(name))
                text.Refuse(key, $"unknown key '{name}' in {what}; known are {string.Join(", ", allowed!)}");
            else
                fields.values.Add(name, value);
        }

        return fields;
    }

    public YamlNode Node => mapping;

    public YamlNode? Find(string key) => values.GetValueOrDefault(key);

    public YamlNode? Require(string key)
    {
        var node = Find(key);
        if (node is null)
            text.Refuse(mapping, $"'{key}' is missing");
        return node;
    }

    /// <summary>A non-blank text; empty after an error was recorded.</summary>
    public string Words(string key) => Require(key) is { } node ? Scalar(text, node, key) ?? "" : "";

    /// <summary>A non-blank text, or empty when the key is not there.</summary>
    public string OptionalWords(string key) => Find(key) is { } node ? Scalar(text, node, key) ?? "" : "";

    public DateOnly? OptionalDate(string key) => Find(key) is { } node ? Date(text, node, key) : null;

    public static DateOnly? Date(RuleText text, YamlNode node, string key)
    {
        if (Scalar(text, node, key) is not { } written)
            return null;
        if (DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        text.Refuse(node, $"'{key}' is '{written}', which is no date of the form 2023-11-17");
        return null;
    }

    public static string? Scalar(RuleText text, YamlNode node, string key)
    {
        if (node is YamlScalarNode { Value: { } value } && !string.IsNullOrWhiteSpace(value))
            return value.Trim();
        text.Refuse(node, $"'{key}' is not a text, or is empty");
        return null;
    }

    /// <summary>A text, or a list of texts, without repetition.</summary>
    public static IReadOnlyList<(string Value, YamlNode Node)> Texts(RuleText text, YamlNode node, string key)
    {
        var nodes = node is YamlSequenceNode sequence ? sequence.Children : [node];
        if (nodes.Count == 0)
            text.Refuse(node, $"'{key}' is an empty list");
        var found = new List<(string, YamlNode)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in nodes)
        {
            if (Scalar(text, entry, key) is not { } value)
                continue;
            if (!seen.Add(value))
                text.Refuse(entry, $"'{value}' stands twice in '{key}'");
            found.Add((value, entry));
        }

        return found;
    }
}
