using System.Diagnostics;
using Xunit;

namespace OrderTracking.Deployment.Tests.Images;

/// <summary>
/// Builds images by their Dockerfiles and runs them as docker-compose.yml does: no root, a root file system that cannot be written, no
/// capability. Base images are those of .ci/stand-ins where they are made. By default one image; ORDERTRACKING_LONG_TESTS=1: all of
/// them, a minute or more each.
/// </summary>
public sealed class ImageTests
{
    private static readonly TimeSpan BuiltWithin = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan HealthyWithin = TimeSpan.FromSeconds(90);
    private static readonly string[] Confined =
        ["--read-only", "--tmpfs", "/tmp:size=64m,mode=1777,noexec", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "none"];

    public static TheoryData<string> Projects => Environment.GetEnvironmentVariable("ORDERTRACKING_LONG_TESTS") == "1"
        ? ["OrderService", "ShipmentService", "ComplianceService", "Host"]
        : ["OrderService"];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task It_serves_confined_says_that_it_is_healthy_and_ends_when_asked(string project)
    {
        var image = await Build(project);
        var name = $"ordertracking-test-{project.ToLowerInvariant()}-{Environment.ProcessId}";
        try
        {
            (await Docker(["run", "--detach", "--name", name, "--volume", $"{name}:/data", .. Confined, "--env", "Grpc__Address=127.0.0.1", image])).Succeeded();
            await Healthy(name);
            Assert.Equal("1654:1654", await Inspect(name, "{{.Config.User}}"));
            Assert.Contains("CapEff:\t0000000000000000", (await Docker("exec", name, "cat", "/proc/1/status")).Succeeded(), StringComparison.Ordinal);
            Assert.NotEqual(0, (await Docker("exec", name, "dotnet", $"OrderTracking.{project}.dll", "--health", "--Grpc:Port=5999")).ExitCode);
            (await Docker("stop", "--time", "40", name)).Succeeded();
            Assert.Equal("0", await Inspect(name, "{{.State.ExitCode}}"));
        }
        finally
        {
            await Docker("rm", "--force", name);
            await Docker("volume", "rm", "--force", name);
        }
    }

    [Fact]
    public async Task Without_an_identity_provider_it_does_not_serve_off_the_loopback()
    {
        var image = await Build("OrderService");
        var run = await Docker(["run", "--rm", .. Confined, image]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("loopback", run.Output + run.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> Build(string project)
    {
        if ((await Docker("version", "--format", "{{.Server.Version}}")).ExitCode != 0)
            Assert.Skip("Docker: no engine answers; `dockerd` starts one.");
        var standIns = (await Docker("image", "inspect", "ordertracking-standin/sdk:local", "ordertracking-standin/aspnet:local")).ExitCode == 0;
        if (!standIns && Environment.GetEnvironmentVariable("ORDERTRACKING_TEST_REGISTRY") != "1")
            Assert.Skip("Docker: neither are the stand-ins of .ci/stand-ins made, nor does ORDERTRACKING_TEST_REGISTRY=1 say that registries can be reached.");
        var image = $"ordertracking-test/{project.ToLowerInvariant()}:local";
        string[] bases = standIns
            ? ["--network", "none", "--build-arg", "SDK_IMAGE=ordertracking-standin/sdk:local", "--build-arg", "RUNTIME_IMAGE=ordertracking-standin/aspnet:local"]
            : [];
        (await Tool.Run(BuiltWithin, "docker", ["build", "--quiet", .. bases, "--file", Repository.Of("services", project, "Dockerfile"), "--tag", image, Repository.Root])).Succeeded();
        return image;
    }

    private static async Task Healthy(string name)
    {
        var since = Stopwatch.GetTimestamp();
        while (await Inspect(name, "{{.State.Health.Status}}") is not "healthy")
        {
            if (await Inspect(name, "{{.State.Running}}") != "true" || Stopwatch.GetElapsedTime(since) > HealthyWithin)
                Assert.Fail($"It is not healthy: {await Docker("logs", name)}");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static async Task<string> Inspect(string name, string format) => (await Docker("inspect", "--format", format, name)).Succeeded().Trim();

    private static Task<Tool.Outcome> Docker(params string[] arguments) => Tool.Run("docker", arguments);
}
