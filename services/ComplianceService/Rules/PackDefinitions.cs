using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// Cuts rule files that were found right into the texts of their amendments: without the instant of recording, which publishing gives,
/// and with what an amendment leaves to its rule.
/// </summary>
internal static class PackDefinitions
{
    private const string Amendments = "amendments";
    private const string DocumentEnd = "...\n";
    private static readonly string[] Inherited = ["citation", "source", "certainty", "certainty_note", "sentence"];

    /// <summary>The texts by name, rules/{rule}/amendments/{number}.</summary>
    public static IReadOnlyDictionary<string, string> Load(string directory)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(directory, "*.yaml"))
        {
            if (Read(path) is not { } rule || !rule.Children.TryGetValue(Amendments, out var node) || node is not YamlSequenceNode stack)
                continue;
            for (var index = 0; index < stack.Children.Count; index++)
                texts.Add(
                    string.Create(CultureInfo.InvariantCulture, $"rules/{rule.Children["rule"]}/amendments/{index + 1}"),
                    TextOf(rule, (YamlMappingNode)stack.Children[index]));
        }

        return texts;
    }

    private static YamlMappingNode? Read(string path)
    {
        using var reader = new StreamReader(path);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return yaml.Documents is [var document] ? document.RootNode as YamlMappingNode : null;
    }

    private static string TextOf(YamlMappingNode rule, YamlMappingNode amendment)
    {
        var content = new YamlMappingNode();
        foreach (var (key, value) in amendment.Children)
            if (key.ToString() != "recorded")
                content.Add(key, value);
        foreach (var key in Inherited)
            if (!content.Children.ContainsKey(key) && rule.Children.TryGetValue(key, out var value))
                content.Add(key, value);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        new YamlStream(new YamlDocument(content)).Save(text, assignAnchors: false);
        var written = text.ToString().ReplaceLineEndings("\n");
        return written.EndsWith(DocumentEnd, StringComparison.Ordinal) ? written[..^DocumentEnd.Length] : written;
    }
}
