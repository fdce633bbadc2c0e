using k8s.Models;
using Xunit;

namespace OrderTracking.Deployment.Tests.Kubernetes;

/// <summary>The policies of the base, evaluated as a cluster does: an edge is open where its source may leave and its target lets in.</summary>
public sealed class NetworkPolicyTests
{
    private const string Name = "app.kubernetes.io/name";
    private const string Component = "app.kubernetes.io/component";

    [Fact]
    public void Between_the_services_only_the_edges_of_the_walk_are_open()
    {
        string[] services = ["orders", "shipments", "compliance"];
        var policies = ManifestTests.Base().OfType<V1NetworkPolicy>().ToList();
        var edges =
            from source in services
            from target in services
            where source != target && IsOpen(policies, Pod(source), Pod(target))
            select $"{source} > {target}";
        Assert.Equal(["orders > shipments", "shipments > compliance"], edges);
    }

    [Fact]
    public void A_migration_reaches_no_service_and_no_service_reaches_it()
    {
        var policies = ManifestTests.Base().OfType<V1NetworkPolicy>().ToList();
        var migration = new Dictionary<string, string> { [Name] = "orders", [Component] = "migration" };
        Assert.False(IsOpen(policies, migration, Pod("shipments")));
        Assert.False(IsOpen(policies, Pod("orders"), migration));
    }

    [Fact]
    public void A_policy_too_many_opens_an_edge_that_is_seen()
    {
        var policies = ManifestTests.Base().OfType<V1NetworkPolicy>().ToList();
        policies.Add(new V1NetworkPolicy { Spec = new V1NetworkPolicySpec { PodSelector = new(), PolicyTypes = ["Egress"], Egress = [new()] } });
        policies.Add(new V1NetworkPolicy { Spec = new V1NetworkPolicySpec { PodSelector = new(), PolicyTypes = ["Ingress"], Ingress = [new()] } });
        Assert.True(IsOpen(policies, Pod("compliance"), Pod("orders")));
    }

    private static Dictionary<string, string> Pod(string service) => new() { [Name] = service, [Component] = "service" };

    private static bool IsOpen(IReadOnlyList<V1NetworkPolicy> policies, Dictionary<string, string> source, Dictionary<string, string> target)
    {
        var leaving = Of(policies, source, "Egress");
        var entering = Of(policies, target, "Ingress");
        // A pod no policy selects is open; the base selects every pod.
        Assert.NotEmpty(leaving);
        Assert.NotEmpty(entering);
        return leaving.SelectMany(policy => policy.Spec.Egress ?? []).Any(rule => Fits(rule.To, target))
            && entering.SelectMany(policy => policy.Spec.Ingress ?? []).Any(rule => Fits(rule.FromProperty, source));
    }

    private static List<V1NetworkPolicy> Of(IEnumerable<V1NetworkPolicy> policies, Dictionary<string, string> pod, string direction) =>
        [.. policies.Where(policy => policy.Spec.PolicyTypes.Contains(direction) && Selects(policy.Spec.PodSelector, pod))];

    private static bool Fits(IList<V1NetworkPolicyPeer>? peers, Dictionary<string, string> pod) =>
        peers is null or { Count: 0 } || peers.Any(peer => peer is { NamespaceSelector: null, PodSelector: not null } && Selects(peer.PodSelector, pod));

    private static bool Selects(V1LabelSelector selector, Dictionary<string, string> pod) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(label => pod.GetValueOrDefault(label.Key) == label.Value);
}
