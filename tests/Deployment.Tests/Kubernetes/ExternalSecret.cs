using k8s.Models;
using YamlDotNet.Serialization;

namespace OrderTracking.Deployment.Tests.Kubernetes;

/// <summary>What we use of external-secrets.io/v1: https://external-secrets.io/latest/api/externalsecret/.</summary>
internal sealed class ExternalSecret
{
    [YamlMember(Alias = "apiVersion")]
    public string ApiVersion { get; init; } = "";

    [YamlMember(Alias = "kind")]
    public string Kind { get; init; } = "";

    [YamlMember(Alias = "metadata")]
    public V1ObjectMeta Metadata { get; init; } = new();

    [YamlMember(Alias = "spec")]
    public Specification Spec { get; init; } = new();

    internal sealed class Specification
    {
        [YamlMember(Alias = "refreshInterval")]
        public string RefreshInterval { get; init; } = "";

        [YamlMember(Alias = "secretStoreRef")]
        public StoreReference SecretStoreRef { get; init; } = new();

        [YamlMember(Alias = "target")]
        public SecretTarget Target { get; init; } = new();

        [YamlMember(Alias = "data")]
        public IList<Entry> Data { get; init; } = [];
    }

    internal sealed class StoreReference
    {
        [YamlMember(Alias = "kind")]
        public string Kind { get; init; } = "";

        [YamlMember(Alias = "name")]
        public string Name { get; init; } = "";
    }

    internal sealed class SecretTarget
    {
        [YamlMember(Alias = "name")]
        public string Name { get; init; } = "";
    }

    internal sealed class Entry
    {
        [YamlMember(Alias = "secretKey")]
        public string SecretKey { get; init; } = "";

        [YamlMember(Alias = "remoteRef")]
        public Remote RemoteRef { get; init; } = new();
    }

    internal sealed class Remote
    {
        [YamlMember(Alias = "key")]
        public string Key { get; init; } = "";

        [YamlMember(Alias = "property")]
        public string Property { get; init; } = "";
    }
}
