using System.Text.RegularExpressions;
using Xunit;

namespace OrderTracking.Deployment.Tests.Compose;

/// <summary>What every container of the compose file is held to; exceptions are listed here with their reasons.</summary>
public sealed partial class HardeningTests
{
    private static readonly Dictionary<string, string> WritesItsRoot = new(StringComparer.Ordinal)
    {
        ["sqlserver"] = "its vendor promises nothing for a root file system that cannot be written",
        ["keycloak"] = "it writes the program it starts from its settings beside itself",
    };

    private static readonly Dictionary<string, string> Unprobed = new(StringComparer.Ordinal)
    {
        ["collector"] = "its image holds its one executable and nothing to probe with; Prometheus scrapes it",
    };

    public static TheoryData<string> Names => [.. ComposeFile.Read().Services.Select(service => service.Name)];

    [Fact]
    public async Task The_compose_of_Debian_and_the_one_of_today_parse_it()
    {
        (await Tool.Run("docker-compose", "-f", Repository.Of("docker-compose.yml"), "config", "-q")).Succeeded();
        var today = await Tool.Run("docker", "compose", "version");
        if (today.ExitCode == 0)
            (await Tool.Run("docker", "compose", "-f", Repository.Of("docker-compose.yml"), "config", "-q")).Succeeded();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_confined(string name) => Assert.Empty(Faults(Service(name)));

    [Theory]
    [InlineData("cap_drop: [ALL]", "cap_drop: []", "cap_drop")]
    [InlineData("read_only: true", "read_only: false", "read_only")]
    [InlineData("no-new-privileges:true", "no-new-privileges:false", "security_opt")]
    [InlineData("  mem_limit: 1g", "  oom_score_adj: 1", "mem_limit")]
    [InlineData("image: ${ORDERS_IMAGE:-ordertracking/orders:local}", "image: ordertracking/orders", "image")]
    [InlineData("image: ${ORDERS_IMAGE:-ordertracking/orders:local}", "image: ${ORDERS_IMAGE:-ordertracking/orders:latest}", "image")]
    [InlineData("user: \"1654:1654\"", "user: root", "user")]
    [InlineData("test: [\"CMD\", \"dotnet\", \"/app/OrderTracking.OrderService.dll\", \"--health\"]", "disable: true", "healthcheck")]
    public void What_is_not_confined_is_seen(string right, string wrong, string key)
    {
        var text = Repository.Text("docker-compose.yml");
        Assert.Contains(right, text, StringComparison.Ordinal);
        var service = ComposeFile.Parse(text.Replace(right, wrong, StringComparison.Ordinal)).Services.Single(service => service.Name == "orders");
        Assert.Contains(Faults(service), fault => fault.StartsWith(key, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_what_people_open_is_published_and_engines_are_not()
    {
        var file = ComposeFile.Read();
        Assert.Equal(["public"], file.Networks.Where(network => ComposeFile.Map(network.Value).GetValueOrDefault("internal") as string != "true").Select(network => network.Key));
        Assert.All(file.Services, service => Assert.Equal(service.Of("ports").Count > 0, service.Of("networks").Contains("public")));
        Assert.Equal(
            ["compliance", "grafana", "jaeger", "keycloak", "orders", "prometheus", "shipments"],
            file.Services.Where(service => service.Of("ports").Count > 0).Select(service => service.Name).Order(StringComparer.Ordinal));
        Assert.All(file.Services.SelectMany(service => service.Of("ports")), port => Assert.StartsWith("${PUBLISH_ADDRESS:-127.0.0.1}:", port, StringComparison.Ordinal));
        Assert.Equal(
            ["compliance", "compliance-migration", "databases", "orders", "orders-migration", "shipments", "shipments-migration", "sqlserver"],
            file.Services.Where(service => service.Of("networks").Contains("data")).Select(service => service.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("shipments")]
    [InlineData("compliance")]
    public void It_serves_when_its_schema_its_broker_and_its_identity_provider_are_there(string name)
    {
        var needs = Service(name).Needs.ToDictionary(need => need.Key, need => (string)ComposeFile.Map(need.Value)["condition"]!, StringComparer.Ordinal);
        Assert.Equal("service_completed_successfully", needs[$"{name}-migration"]);
        Assert.All(["sqlserver", "rabbitmq", "keycloak"], engine => Assert.Equal("service_healthy", needs[engine]));
        Assert.Equal("service_completed_successfully", ComposeFile.Map(Service($"{name}-migration").Needs["databases"])["condition"]);
    }

    private static ComposeService Service(string name) => ComposeFile.Read().Services.Single(service => service.Name == name);

    private static IEnumerable<string> Faults(ComposeService service)
    {
        if (!service.Of("cap_drop").SequenceEqual(["ALL"]))
            yield return "cap_drop: not ALL";
        if (!service.Of("security_opt").Contains("no-new-privileges:true"))
            yield return "security_opt: new privileges are allowed";
        if (service.Text("read_only") == "true" == WritesItsRoot.ContainsKey(service.Name))
            yield return "read_only: not as listed";
        foreach (var limit in new[] { "mem_limit", "cpus", "pids_limit" }.Where(limit => service.Text(limit).Length == 0))
            yield return $"{limit}: there is none";
        if (service.Text("restart") is not ("unless-stopped" or "no"))
            yield return "restart: no policy";
        if (service.IsOurs && service.Text("user") != "1654:1654")
            yield return "user: not that of the image";
        var probed = service.Probe.ContainsKey("test");
        if (probed == (service.EndsByItself || Unprobed.ContainsKey(service.Name)))
            yield return "healthcheck: not as listed";
        if (!PinnedImage().IsMatch(service.Image) || service.Image.Contains(":latest", StringComparison.Ordinal))
            yield return $"image: {service.Image} is not a variable with a pinned default";
    }

    [GeneratedRegex(@"^\$\{[A-Z]+_IMAGE:-[a-z0-9./-]+:(v?\d[\w.-]*\.?\d[\w.-]*|local)\}$")]
    private static partial Regex PinnedImage();
}
