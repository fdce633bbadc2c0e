using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace OrderTracking.Deployment.Tests.Compose;

/// <summary>The compose file with its anchors merged, before any variable is put in.</summary>
internal sealed class ComposeFile(Dictionary<object, object?> root)
{
    public static ComposeFile Read() => Parse(Repository.Text("docker-compose.yml"));

    public static ComposeFile Parse(string text)
    {
        var parser = new MergingParser(new Parser(new StringReader(text)));
        parser.Consume<StreamStart>();
        return new ComposeFile(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(parser));
    }

    public IReadOnlyList<ComposeService> Services =>
        [.. Map(root["services"]).Select(entry => new ComposeService(entry.Key, Map(entry.Value)))];

    public IReadOnlyDictionary<string, object?> Networks => Map(root["networks"]);

    /// <summary>The files of the secrets, by their names.</summary>
    public IReadOnlyDictionary<string, string> Secrets =>
        Map(root["secrets"]).ToDictionary(entry => entry.Key, entry => (string)Map(entry.Value)["file"]!, StringComparer.Ordinal);

    internal static IReadOnlyDictionary<string, object?> Map(object? value) => value is Dictionary<object, object?> map
        ? map.ToDictionary(entry => (string)entry.Key, entry => entry.Value, StringComparer.Ordinal)
        : new Dictionary<string, object?>();

    internal static IReadOnlyList<string> List(object? value) => value is List<object?> list ? [.. list.Select(Name)] : [];

    // A long form names what it mounts as its source.
    private static string Name(object? entry) => entry as string ?? (string)Map(entry)["source"]!;
}

/// <summary>One service of it.</summary>
internal sealed class ComposeService(string name, IReadOnlyDictionary<string, object?> keys)
{
    public string Name => name;

    public string Image => Text("image");

    /// <summary>True for a job that ends.</summary>
    public bool EndsByItself => Text("restart") == "no";

    public bool IsOurs => keys.ContainsKey("build") || Name.EndsWith("-migration", StringComparison.Ordinal);

    public IReadOnlyDictionary<string, object?> Environment => ComposeFile.Map(keys.GetValueOrDefault("environment"));

    public IReadOnlyDictionary<string, object?> Probe => ComposeFile.Map(keys.GetValueOrDefault("healthcheck"));

    public IReadOnlyDictionary<string, object?> Needs => ComposeFile.Map(keys.GetValueOrDefault("depends_on"));

    public IReadOnlyList<string> Of(string key) => ComposeFile.List(keys.GetValueOrDefault(key));

    public string Text(string key) => keys.GetValueOrDefault(key) as string ?? "";
}
