using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>What a scrape says is what the tables say, counted past the services; and every name is in services/deploy/metrics.csv.</summary>
public sealed partial class MeasuredWalkTests : IAsyncLifetime
{
    private static readonly HttpClient Client = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("ordertracking-measured-").FullName;
    private readonly int _metricsPort = HostProcess.FreePort();
    private readonly ConcurrentQueue<string> _said = new();
    private HostProcess _host = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _host = new HostProcess(_directory) { Said = _said.Enqueue };
        await _host.Start(
            ("Telemetry__PrometheusPort", _metricsPort.ToString(CultureInfo.InvariantCulture)),
            ("Telemetry__GaugeInterval", "00:00:00.2"),
            ("Logging__Console__FormatterName", "json"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Information"));
        _shop = new Shop((subject, role) => _host.As(subject, role), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task What_is_measured_is_what_the_tables_say()
    {
        await MeasuredWalk.Run(_shop);
        using var files = new DataFiles(_directory);
        var scrape = await Eventually.Becomes("the scrape says what the tables say", Look, seen => Differences(seen, files).Count == 0);
        Assert.True(scrape.Sum("ordertracking_decisions_total", ("outcome", "HELD")) >= 2);
        Assert.True(scrape.Sum("ordertracking_decisions_total", ("outcome", "BLOCKED")) >= 1);
        Assert.Equal(2, scrape.Sum("ordertracking_permits_total", ("result", "issued")));
        Assert.Equal(1, scrape.Sum("ordertracking_permits_total", ("result", "revoked")));
        Assert.Equal(1000, scrape.Sum("ordertracking_licence_remaining"));
        Assert.InRange(scrape.Sum("ordertracking_holds_oldest_age_seconds"), 0, 600);
        Assert.InRange(scrape.Sum("ordertracking_rules_age_seconds"), 0, 600);
        var changed = files.AfterTampering("update compliance.holds set hold_class = 'CREDIT'", () => Differences(scrape, files));
        Assert.Contains("holds", changed);
        AssertRegistered(scrape.Names);
    }

    [Fact]
    public async Task Each_line_of_a_call_is_json_with_its_trace()
    {
        await _shop.PlaceOrder(new OrderSketch { ShipDates = [DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(3).DateTime)] });
        await Eventually.Becomes(
            "the call is logged with its trace",
            () => Task.FromResult(_said.ToArray().Where(line => line.Contains("PlaceOrder", StringComparison.Ordinal)).ToArray()),
            lines => lines.Any(line => line[0] == '{') && lines.Where(line => line[0] == '{').All(line => TraceOf(line) is { Length: 32 }));
    }

    private static List<string> Differences(Scrape scrape, DataFiles files)
    {
        var differences = new List<string>();
        Compare("outcomes", "ordertracking_decisions_total", "outcome", "occasion", "select outcome as A, occasion as B, count(*) as C from compliance.decisions group by 1, 2");
        Compare(
            "holds",
            "ordertracking_holds_open",
            "reason",
            "hold_class",
            "select reason as A, hold_class as B, count(*) as C from compliance.holds where state not in ('SETTLED', 'VOIDED') group by 1, 2");
        Same("calls", scrape.Sum("http_server_request_duration_seconds_count", ("http_route", "/ordertracking.orders.v1.OrderService/PlaceOrder"), ("rpc_grpc_status_code", "0")), "orders.orders");
        Same("issued", scrape.Sum("ordertracking_permits_total", ("result", "issued")), "compliance.permits");
        Same("revoked", scrape.Sum("ordertracking_permits_total", ("result", "revoked")), "compliance.permits where state = 'REVOKED'");
        // Each request for a permit is a decision of its own: what of them became no permit was refused.
        Same(
            "refused",
            scrape.Sum("ordertracking_permits_total", ("result", "refused")) + scrape.Sum("ordertracking_permits_total", ("result", "issued")),
            "compliance.decisions where occasion = 'DISPATCH'");
        Same("findings", scrape.Sum("ordertracking_decision_findings_total", ("rule", "PART_NOT_IN_CATALOGUE")), "compliance.decisions where part_number = 'NO-SUCH-PART'");
        if ((long)scrape.Sum("ordertracking_licence_remaining") != files.Count("select sum(quantity - reserved_quantity - drawn_quantity) from compliance.licence_lines"))
            differences.Add("licences");
        foreach (var database in new[] { "orders", "shipments", "compliance" })
        {
            Same("waiting", scrape.Sum("ordertracking_outbox_unpublished", ("db_namespace", database)), $"{database}.outbox where published_at is null");
            Same("letters", scrape.Sum("ordertracking_dead_letters", ("db_namespace", database)), $"{database}.dead_letters where state = 'WAITING'");
        }

        Same("taken", scrape.Sum("ordertracking_consumer_event_age_seconds_count"), "(select 1 from orders.inbox union all select 1 from shipments.inbox union all select 1 from compliance.inbox)");
        return differences;

        void Same(string what, double measured, string rows)
        {
            if ((long)measured != files.Count($"select count(*) from {rows}"))
                differences.Add(what);
        }

        void Compare(string what, string name, string first, string second, string sql)
        {
            var counted = files.Query<Row>(sql).ToDictionary(row => (row.A, row.B), row => row.C);
            var measured = scrape.By(name, first, second).Where(pair => pair.Value != 0).ToDictionary();
            if (measured.Count != counted.Count || measured.Except(counted).Any())
                differences.Add(what);
        }
    }

    // Both ways: what is exported stands there, and what stands there is exported somewhere.
    private static void AssertRegistered(IReadOnlySet<string> exported)
    {
        var registered = File.ReadLines(Registry()).Skip(1).Select(line => line.Split(',')).Select(columns => Exported(columns[0], columns[1], columns[2])).ToHashSet(StringComparer.Ordinal);
        var ours = exported.Where(name => name.StartsWith("ordertracking_", StringComparison.Ordinal)).Select(name => Part().Replace(name, "")).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(ours.Except(registered));
        // Nothing failed and nothing came twice here.
        string[] quiet = ["ordertracking_consumer_oldest_age_seconds", "ordertracking_inbox_duplicates_total"];
        Assert.Empty(registered.Except(ours).Except(quiet));
    }

    private static string Exported(string name, string kind, string unit) =>
        name.Replace('.', '_') + (unit == "s" ? "_seconds" : "") + (kind == "counter" ? "_total" : "");

    private static string? TraceOf(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("Scopes", out var scopes)
            ? scopes.EnumerateArray().Where(scope => scope.ValueKind == JsonValueKind.Object && scope.TryGetProperty("TraceId", out _))
                .Select(scope => scope.GetProperty("TraceId").GetString()).FirstOrDefault()
            : null;
    }

    private static string Registry([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "services", "deploy", "metrics.csv"));

    private async Task<Scrape> Look() => new(await Client.GetStringAsync(new Uri($"http://127.0.0.1:{_metricsPort}/metrics")));

    [GeneratedRegex("(?<=_seconds)_(bucket|sum|count)$")]
    private static partial Regex Part();

    private sealed class Row
    {
        public string A { get; init; } = "";

        public string B { get; init; } = "";

        public long C { get; init; }
    }
}
