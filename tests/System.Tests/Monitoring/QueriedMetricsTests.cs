using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Grpc.Core;
using Grpc.Net.Client;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using Xunit;
using YamlDotNet.Serialization;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>What a dashboard or an alert asks for is what the processes export: a name nobody exports makes an empty panel and a silent alert.</summary>
public sealed partial class QueriedMetricsTests
{
    // Of RabbitMQ's own exporter, by its documentation and as seen on 3.10; up is Prometheus' own.
    private static readonly string[] OfOthers =
    [
        "up", "rabbitmq_queue_messages_ready", "rabbitmq_queue_messages_unacked", "rabbitmq_process_resident_memory_bytes",
        "rabbitmq_disk_space_available_bytes", "rabbitmq_alarms_memory_used_watermark", "rabbitmq_alarms_free_disk_space_watermark",
    ];

    // Added by the scrape.
    private static readonly string[] LabelsOfTheScrape = ["job", "instance", "service", "le"];

    [Fact]
    public async Task Every_name_and_every_label_that_is_queried_is_exported()
    {
        var queries = Queries().ToList();
        Assert.True(queries.Count > 30);
        var scraped = await Exported();
        var names = Sample().Matches(scraped).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var labels = Label().Matches(scraped).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(queries.SelectMany(Query.Metrics).Distinct().Except(OfOthers), name => !names.Contains(name));
        Assert.DoesNotContain(queries.SelectMany(Query.Labels).Distinct().Except(LabelsOfTheScrape), label => !labels.Contains(label));
        Assert.DoesNotContain("ordertracking_outbox_waiting", names);
    }

    [Fact]
    public void A_query_names_its_series_and_labels()
    {
        const string query = """
            sum by (service, http_route) (rate(http_count{job="a{b}", code!="0"}[5m])) / max(x:y) > 0.02 or absent(up{service="s"})
            """;
        Assert.Equal(["http_count", "x:y", "up"], Query.Metrics(query));
        Assert.Equal(["job", "code", "service", "http_route"], Query.Labels(query));
    }

    [Fact]
    public void Each_dashboard_asks_a_datasource_that_is_provisioned()
    {
        var provisioned = File.ReadAllText(Path.Combine(Deploy(), "grafana", "provisioning", "datasources", "datasources.yaml"));
        var asked = Dashboards().SelectMany(text => Uid().Matches(text)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, uid => Assert.Contains($"uid: {uid}", provisioned, StringComparison.Ordinal));
        var identities = Dashboards().Select(text => JsonDocument.Parse(text).RootElement.GetProperty("uid").GetString()).ToList();
        Assert.Equal(identities.Count, identities.Distinct().Count());
    }

    // The whole walk, a refusal and a caller without a token: what only then is counted is then exported. A process of its own, because the
    // bus counts for the first host of a process only.
    private static async Task<string> Exported()
    {
        var directory = Directory.CreateTempSubdirectory("ordertracking-metrics-").FullName;
        var metricsPort = HostProcess.FreePort();
        string text;
        await using (var host = new HostProcess(directory))
        {
            await host.Start(
                ("Telemetry__PrometheusPort", metricsPort.ToString(CultureInfo.InvariantCulture)), ("Telemetry__GaugeInterval", "00:00:00.2"));
            var shop = new Shop((subject, role) => host.As(subject, role), TimeProvider.System);
            var shipment = Assert.Single(await shop.Screened(new OrderSketch
            {
                ShipDates = [DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(3).DateTime)],
            }));
            await shop.Dispatch(shipment.Name);
            await MeasuredWalk.Run(shop);
            await Assert.ThrowsAsync<RpcException>(async () => await shop.Caller.Orders.GetOrderAsync(new GetOrderRequest { Name = "orders/none" }));
            using var anonymous = GrpcChannel.ForAddress($"http://127.0.0.1:{host.Port}");
            await Assert.ThrowsAsync<RpcException>(async () =>
                await new Orders.V1.OrderService.OrderServiceClient(anonymous).GetOrderAsync(new GetOrderRequest { Name = shipment.Order }));
            using var client = new HttpClient();
            text = await Eventually.Becomes(
                "the databases are counted",
                () => client.GetStringAsync(new Uri($"http://127.0.0.1:{metricsPort}/metrics")),
                scraped => scraped.Contains("ordertracking_dead_letters{", StringComparison.Ordinal)
                    && scraped.Contains("ordertracking_licence_remaining_ratio{", StringComparison.Ordinal));
        }

        Directory.Delete(directory, recursive: true);
        return text;
    }

    private static IEnumerable<string> Queries()
    {
        foreach (var dashboard in Dashboards())
        {
            using var document = JsonDocument.Parse(dashboard);
            foreach (var target in document.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()))
                yield return target.GetProperty("expr").GetString()!;
        }

        var alerts = new DeserializerBuilder().Build().Deserialize<Alerts>(File.ReadAllText(Path.Combine(Deploy(), "prometheus", "alerts.yaml")));
        foreach (var rule in alerts.Groups.SelectMany(group => group.Rules))
            yield return (string)rule["expr"];
    }

    private static IEnumerable<string> Dashboards() =>
        Directory.EnumerateFiles(Path.Combine(Deploy(), "grafana", "dashboards"), "*.json").Select(File.ReadAllText);

    private static string Deploy([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "services", "deploy"));

    [GeneratedRegex("^([a-zA-Z_:][a-zA-Z0-9_:]*)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("[{,]([a-zA-Z_][a-zA-Z0-9_]*)=\"")]
    private static partial Regex Label();

    [GeneratedRegex("\"type\": \"prometheus\",\\s*\"uid\": \"(\\w+)\"")]
    private static partial Regex Uid();

    private sealed class Alerts
    {
        [YamlMember(Alias = "groups")]
        public List<Group> Groups { get; set; } = [];
    }

    private sealed class Group
    {
        [YamlMember(Alias = "name")]
        public string Name { get; set; } = "";

        [YamlMember(Alias = "rules")]
        public List<Dictionary<string, object>> Rules { get; set; } = [];
    }
}
