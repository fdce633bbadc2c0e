using System.Diagnostics;
using k8s.Models;
using Xunit;

namespace OrderTracking.Deployment.Tests.Kubernetes;

/// <summary>What a cluster would be given: the overlays as kustomize renders them.</summary>
public sealed class RenderedOverlayTests
{
    [Fact]
    public void Production_renders_to_objects_the_cluster_takes_with_encryption_on_every_edge()
    {
        var objects = Manifests.Parse(Kustomize.Render(Path.Combine(Manifests.Directory, "overlays", "production")));
        var deployments = objects.OfType<V1Deployment>().ToList();
        Assert.Equal(3, deployments.Count);
        Assert.All(deployments, one =>
        {
            Assert.Equal("ordertracking", one.Metadata.NamespaceProperty);
            Assert.Contains(one.Spec.Template.Spec.Volumes, volume => volume.Secret?.SecretName == $"{one.Metadata.Name}-tls");
            Assert.Contains(Assert.Single(one.Spec.Template.Spec.Containers).VolumeMounts, mount => mount.MountPath == "/tls");
            Assert.EndsWith($"ordertracking-{one.Metadata.Name}:VERSION", one.Spec.Template.Spec.Containers[0].Image, StringComparison.Ordinal);
        });
        var settings = Assert.Single(objects.OfType<V1ConfigMap>()).Data;
        Assert.Equal("/tls/tls.crt", settings["Grpc__Tls__CertificateFile"]);
        Assert.DoesNotContain("Grpc__AllowCleartext", settings.Keys);
        Assert.Equal("SqlServer", settings["Storage__Provider"]);
        AssertSecretsAreThere(objects, [.. objects.OfType<ExternalSecret>().Select(secret => secret.Spec.Target.Name)]);
    }

    [Fact]
    public void The_local_overlay_renders_to_one_pod_a_service_beside_engines_of_its_own()
    {
        // The secrets are made where the overlay is copied to: a working copy with real ones stays untouched.
        var copy = System.IO.Directory.CreateTempSubdirectory("ordertracking-k8s").FullName;
        try
        {
            CopyTo(Path.Combine(copy, "k8s"));
            var realm = Path.Combine("services", "deploy", "keycloak", "realm.json");
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, realm))!);
            File.Copy(Path.Combine(Manifests.Directory, "..", realm), Path.Combine(copy, realm));
            var overlay = Path.Combine(copy, "k8s", "overlays", "local");
            using (var made = Process.Start(new ProcessStartInfo("bash", [Path.Combine(overlay, "make-secrets")]) { RedirectStandardOutput = true })!)
            {
                made.WaitForExit();
                Assert.Equal(0, made.ExitCode);
            }

            var objects = Manifests.Parse(Kustomize.Render(overlay));
            Assert.All(objects.OfType<V1Deployment>(), one => Assert.Equal(1, one.Spec.Replicas));
            Assert.Empty(objects.OfType<V2HorizontalPodAutoscaler>());
            Assert.Equal(["rabbitmq", "sqlserver"], objects.OfType<V1StatefulSet>().Select(one => one.Metadata.Name).Order(StringComparer.Ordinal));
            AssertSecretsAreThere(objects, [.. objects.OfType<V1Secret>().Select(secret => secret.Metadata.Name)]);
            var mounted = objects.OfType<V1Deployment>().SelectMany(one => one.Spec.Template.Spec.Volumes ?? []).Select(volume => volume.ConfigMap?.Name).OfType<string>();
            Assert.Equal(["keycloak-realm"], mounted);
            Assert.Contains(objects.OfType<V1ConfigMap>(), map => map.Metadata.Name == "keycloak-realm" && map.Data.ContainsKey("ordertracking-realm.json"));
        }
        finally
        {
            System.IO.Directory.Delete(copy, recursive: true);
        }
    }

    private static void AssertSecretsAreThere(IReadOnlyList<object> objects, IReadOnlyList<string> made)
    {
        var asked = objects.OfType<V1Deployment>().Select(one => one.Spec.Template)
            .Concat(objects.OfType<V1StatefulSet>().Select(one => one.Spec.Template))
            .Concat(objects.OfType<V1Job>().Select(one => one.Spec.Template))
            .SelectMany(template => template.Spec.Containers)
            .SelectMany(container => container.EnvFrom ?? [])
            .Select(source => source.SecretRef?.Name)
            .OfType<string>()
            .Distinct();
        Assert.All(asked, secret => Assert.Contains(secret, made));
    }

    private static void CopyTo(string target)
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(Manifests.Directory, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}secrets{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Manifests.Directory, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
