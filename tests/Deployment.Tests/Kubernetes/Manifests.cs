using System.Runtime.CompilerServices;
using k8s;

namespace OrderTracking.Deployment.Tests.Kubernetes;

/// <summary>The files under k8s/, read strictly: a key that the kind does not have is refused, as the cluster would refuse or drop it.</summary>
internal static class Manifests
{
    private static readonly Dictionary<string, Type> KindsBesideKubernetes = new()
    {
        ["kustomize.config.k8s.io/v1beta1/Kustomization"] = typeof(Kustomization),
        ["kustomize.config.k8s.io/v1alpha1/Component"] = typeof(Kustomization),
        ["external-secrets.io/v1/ExternalSecret"] = typeof(ExternalSecret),
    };

    public static string Directory { get; } = Path.GetFullPath(Path.Combine(HereDirectory(), "..", "..", "..", "k8s"));

    /// <summary>Every YAML file, by its path below k8s/.</summary>
    public static IEnumerable<string> Files => System.IO.Directory
        .EnumerateFiles(Directory, "*.yaml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Directory, file))
        .Where(file => !file.StartsWith("compose", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static IReadOnlyList<object> Read(string file) => Parse(File.ReadAllText(Path.Combine(Directory, file)));

    /// <exception cref="Exception">The text is no YAML, names an unknown kind, or a key its kind does not have.</exception>
    public static IReadOnlyList<object> Parse(string text) => KubernetesYaml.LoadAllFromString(text, KindsBesideKubernetes, strict: true);

    private static string HereDirectory([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
