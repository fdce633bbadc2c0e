using YamlDotNet.Serialization;

namespace OrderTracking.Deployment.Tests.Kubernetes;

/// <summary>What our kustomizations and components use of their format; KubernetesClient knows the cluster's own kinds only.</summary>
internal sealed class Kustomization
{
    [YamlMember(Alias = "apiVersion")]
    public string ApiVersion { get; init; } = "";

    [YamlMember(Alias = "kind")]
    public string Kind { get; init; } = "";

    [YamlMember(Alias = "namespace")]
    public string Namespace { get; init; } = "";

    [YamlMember(Alias = "labels")]
    public IList<LabelSet> Labels { get; init; } = [];

    [YamlMember(Alias = "resources")]
    public IList<string> Resources { get; init; } = [];

    [YamlMember(Alias = "components")]
    public IList<string> Components { get; init; } = [];

    [YamlMember(Alias = "patches")]
    public IList<PatchEntry> Patches { get; init; } = [];

    [YamlMember(Alias = "images")]
    public IList<ImageName> Images { get; init; } = [];

    [YamlMember(Alias = "secretGenerator")]
    public IList<Generator> SecretGenerator { get; init; } = [];

    [YamlMember(Alias = "configMapGenerator")]
    public IList<Generator> ConfigMapGenerator { get; init; } = [];

    [YamlMember(Alias = "generatorOptions")]
    public GeneratorSettings? GeneratorOptions { get; init; }

    internal sealed class LabelSet
    {
        [YamlMember(Alias = "pairs")]
        public IDictionary<string, string> Pairs { get; init; } = new Dictionary<string, string>();
    }

    internal sealed class PatchEntry
    {
        [YamlMember(Alias = "path")]
        public string Path { get; init; } = "";

        [YamlMember(Alias = "patch")]
        public string Patch { get; init; } = "";

        [YamlMember(Alias = "target")]
        public PatchTarget? Target { get; init; }
    }

    internal sealed class PatchTarget
    {
        [YamlMember(Alias = "kind")]
        public string Kind { get; init; } = "";

        [YamlMember(Alias = "labelSelector")]
        public string LabelSelector { get; init; } = "";
    }

    internal sealed class ImageName
    {
        [YamlMember(Alias = "name")]
        public string Name { get; init; } = "";

        [YamlMember(Alias = "newName")]
        public string NewName { get; init; } = "";

        [YamlMember(Alias = "newTag")]
        public string NewTag { get; init; } = "";
    }

    internal sealed class Generator
    {
        [YamlMember(Alias = "name")]
        public string Name { get; init; } = "";

        [YamlMember(Alias = "envs")]
        public IList<string> Envs { get; init; } = [];

        [YamlMember(Alias = "files")]
        public IList<string> Files { get; init; } = [];
    }

    internal sealed class GeneratorSettings
    {
        [YamlMember(Alias = "disableNameSuffixHash")]
        public bool DisableNameSuffixHash { get; init; }
    }
}
