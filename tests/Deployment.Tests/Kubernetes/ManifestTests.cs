using k8s;
using k8s.Models;
using Xunit;

namespace OrderTracking.Deployment.Tests.Kubernetes;

public sealed class ManifestTests
{
    private static readonly string[] Services = ["compliance", "orders", "shipments"];

    public static TheoryData<string> Files => [.. Manifests.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_object_of_every_file_is_one_the_cluster_takes(string file) => Assert.NotEmpty(Manifests.Read(file));

    [Theory]
    [InlineData("replicas: 3", "replicaz: 3")]
    [InlineData("kind: Deployment", "kind: Deploiment")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFileSystem: true")]
    [InlineData("replicas: 3", "replicas: many")]
    public void A_slip_of_the_pen_is_refused(string right, string wrong)
    {
        var text = File.ReadAllText(Path.Combine(Manifests.Directory, "base", "orders.yaml"));
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => Manifests.Parse(text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_file_belongs_to_a_kustomization_and_every_file_a_kustomization_names_is_there()
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Manifests.Files.Where(IsKustomization))
        {
            var kustomization = Assert.IsType<Kustomization>(Assert.Single(Manifests.Read(file)));
            var here = Path.GetDirectoryName(file)!;
            var named = kustomization.Resources.Concat(kustomization.Components).Concat(kustomization.Patches.Select(patch => patch.Path));
            foreach (var path in named.Where(path => path.Length > 0).Select(path => Path.GetRelativePath(".", Path.Combine(here, path))))
            {
                var full = Path.Combine(Manifests.Directory, path);
                Assert.True(File.Exists(full) || File.Exists(Path.Combine(full, "kustomization.yaml")), $"{file} names {path}, which is not there");
                listed.Add(path);
            }
        }

        Assert.All(Manifests.Files.Where(file => !IsKustomization(file)), file => Assert.Contains(file, listed));
    }

    [Fact]
    public void Each_service_is_spread_guarded_scaled_and_probed()
    {
        var objects = Base().ToList();
        Assert.Equal(Services, objects.OfType<V1Deployment>().Select(one => one.Name()).Order(StringComparer.Ordinal));
        foreach (var deployment in objects.OfType<V1Deployment>())
        {
            var pod = deployment.Spec.Template.Spec;
            var container = Assert.Single(pod.Containers);
            Assert.True(deployment.Spec.Replicas > 1, "one replica is none while it is replaced");
            Assert.Equal(2, pod.TopologySpreadConstraints.Count);
            Assert.All(pod.TopologySpreadConstraints, spread => AssertSelects(deployment, spread.LabelSelector));
            AssertSelects(deployment, Assert.Single(objects.OfType<V1PodDisruptionBudget>(), one => one.Name() == deployment.Name()).Spec.Selector);
            Assert.Single(objects.OfType<V2HorizontalPodAutoscaler>(), one => one.Spec.ScaleTargetRef.Name == deployment.Name());
            Assert.Single(objects.OfType<V1Service>(), one => one.Spec.Selector["app.kubernetes.io/name"] == deployment.Name());
            Assert.All(
                new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe },
                probe => Assert.Equal(5081, probe.Grpc.Port));
            Assert.Equal(("live", "live", null), (container.StartupProbe.Grpc.Service, container.LivenessProbe.Grpc.Service, container.ReadinessProbe.Grpc.Service));
        }
    }

    [Fact]
    public void Each_schema_is_changed_by_a_job_with_an_account_of_its_own()
    {
        var jobs = Base().OfType<V1Job>().ToList();
        Assert.Equal(Services.Select(service => $"{service}-migration"), jobs.Select(job => job.Name()).Order(StringComparer.Ordinal));
        Assert.All(jobs, job =>
        {
            var container = Assert.Single(job.Spec.Template.Spec.Containers);
            Assert.Equal(["--migrate"], container.Args);
            Assert.Equal($"{job.Name()}-secrets", Assert.Single(container.EnvFrom).SecretRef.Name);
        });
    }

    [Fact]
    public void No_pod_asks_the_cluster_for_anything_or_for_more_than_it_needs()
    {
        var pods = Manifests.Files.Where(file => !IsKustomization(file) && !file.StartsWith("components", StringComparison.Ordinal) && !file.EndsWith("one-pod.yaml", StringComparison.Ordinal))
            .SelectMany(Manifests.Read).Select(PodOf).OfType<V1PodSpec>().ToList();
        Assert.Equal(9, pods.Count);
        Assert.All(pods, pod =>
        {
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.True(pod.SecurityContext.RunAsUser > 0);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.All(pod.Containers, container =>
            {
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem ?? !container.Image.StartsWith("ordertracking/", StringComparison.Ordinal));
                Assert.Equal(["cpu", "memory"], container.Resources.Limits.Keys.Order(StringComparer.Ordinal));
                Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order(StringComparer.Ordinal));
            });
        });
    }

    [Fact]
    public void No_secret_stands_in_a_file()
    {
        Assert.DoesNotContain(Manifests.Files.SelectMany(Manifests.Read), one => one is V1Secret);
        Assert.All(
            Manifests.Files.SelectMany(Manifests.Read).OfType<V1ConfigMap>().SelectMany(map => map.Data ?? new Dictionary<string, string>()),
            entry => Assert.DoesNotMatch("(?i)password|secret|connectionstring", entry.Key));
    }

    internal static IEnumerable<object> Base() =>
        Manifests.Files.Where(file => file.StartsWith("base/", StringComparison.Ordinal) && !IsKustomization(file)).SelectMany(Manifests.Read);

    private static void AssertSelects(V1Deployment deployment, V1LabelSelector selector) =>
        Assert.Equal(deployment.Spec.Template.Metadata.Labels.OrderBy(label => label.Key, StringComparer.Ordinal), selector.MatchLabels.OrderBy(label => label.Key, StringComparer.Ordinal));

    private static V1PodSpec? PodOf(object one) => one switch
    {
        V1Deployment deployment => deployment.Spec.Template.Spec,
        V1StatefulSet set => set.Spec.Template.Spec,
        V1Job job => job.Spec.Template.Spec,
        _ => null,
    };

    private static bool IsKustomization(string file) => Path.GetFileName(file) == "kustomization.yaml";
}
