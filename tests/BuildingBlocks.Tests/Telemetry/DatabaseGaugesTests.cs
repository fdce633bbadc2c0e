using System.Net;
using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.BuildingBlocks.Tests.Telemetry;

/// <summary>What a scrape says of a database is what a count of its rows says.</summary>
public sealed class DatabaseGaugesTests
{
    private const string Unpublished = "outbox where published_at is null";

    private const string Consumer = "consumer=\"things/WorkHandler\"";

    [Fact]
    public async Task What_waits_in_the_outbox_is_counted_and_dated()
    {
        using var directory = new TemporaryDirectory();
        var work = new Work();
        await using var host = await MeasuredHost.Start(directory, work);
        work.Goes.Reset();
        try
        {
            await host.Send(7);
            await Becomes(host, "ordertracking_outbox_unpublished", 7);
            Assert.Equal(7, await host.Count(Unpublished));
            Assert.InRange((await host.Gauge("ordertracking_outbox_oldest_age_seconds"))!.Value, 3600, 3700);
        }
        finally
        {
            work.Goes.Set();
        }

        await Becomes(host, "ordertracking_outbox_unpublished", 0);
        Assert.Equal(0, await host.Count(Unpublished));
        Assert.Equal(0, await host.Gauge("ordertracking_outbox_oldest_age_seconds"));
    }

    [Fact]
    public async Task What_is_to_be_tried_again_is_counted()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await MeasuredHost.Start(directory, new Work { Fails = true });
        await host.Send(3);
        await Becomes(host, "ordertracking_redeliveries", 3);
        Assert.Equal(3, await host.Count("redeliveries"));
        Assert.Equal(0, await host.Gauge("ordertracking_dead_letters"));
    }

    [Fact]
    public async Task What_was_given_up_is_counted()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await MeasuredHost.Start(directory, new Work { Fails = true, RedeliveredAfter = TimeSpan.FromMilliseconds(1) });
        await host.Send(2);
        await Becomes(host, "ordertracking_dead_letters", 2);
        Assert.Equal(2, await host.Count("dead_letters"));
        Assert.Equal(0, await host.Count("redeliveries"));
    }

    [Fact]
    public async Task What_comes_again_is_counted_as_a_duplicate_and_what_is_taken_by_its_age()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await MeasuredHost.Start(directory, new Work());
        await host.Send(5);
        await Eventually.Holds(async () => await host.Count("inbox") == 5 && await host.Count(Unpublished) == 0, "all are taken");
        await host.Db.Write(tx => tx.Execute("update outbox set published_at = null where seq <= 3"));
        await host.Send(1);
        // A slow machine may send one of them once more.
        await Eventually.Holds(async () => await host.Sum("ordertracking_inbox_duplicates_total", Consumer) >= 3, "three came again");
        await Eventually.Holds(async () => await host.Sum("ordertracking_consumer_event_age_seconds_count", Consumer) == 6, "six were taken");
        Assert.Equal(6, await host.Count("inbox"));
        Assert.InRange(await host.Sum("ordertracking_consumer_event_age_seconds_sum", Consumer), 6 * 3600, 6 * 3700);
    }

    [Fact]
    public async Task The_oldest_event_a_consumer_failed_on_is_dated()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await MeasuredHost.Start(directory, new Work { Fails = true });
        await host.Send(2);
        await Eventually.Holds(async () => await host.Sum("ordertracking_consumer_oldest_age_seconds") is > 3600 and < 3700, "the consumer is an hour behind");
    }

    [Fact]
    public async Task The_port_of_metrics_serves_nothing_else_and_that_of_grpc_no_metrics()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await MeasuredHost.Start(directory, new Work());
        Assert.Equal(2, host.Addresses.Count);
        using var client = new HttpClient();
        using var other = await client.GetAsync(new Uri(host.Addresses[1], "grpc.health.v1.Health/Check"));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Addresses[0], "metrics"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await client.SendAsync(request);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("dotnet_", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("service_name=\"things\"", await host.Scrape(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("live", 0)]
    [InlineData("no.such.Service", 1)]
    public async Task The_probe_asks_the_process_with_the_same_settings(string name, int exitCode)
    {
        using var directory = new TemporaryDirectory();
        await using var host = await MeasuredHost.Start(directory, new Work());
        var asked = name.Length == 0 ? new[] { "--health" } : ["--health", name];
        Assert.Equal(exitCode, await HealthProbe.Run([.. asked, $"--Grpc:Port={host.Addresses[0].Port}"]));
    }

    [Fact]
    public async Task A_probe_of_nobody_fails()
    {
        Assert.True(HealthProbe.IsAsked(["--Grpc:Port=1", "--health"]));
        Assert.False(HealthProbe.IsAsked(["--Grpc:Port=1"]));
        Assert.Equal(1, await HealthProbe.Run(["--Grpc:Port=1", "--health"]));
    }

    private static Task Becomes(MeasuredHost host, string gauge, double value) =>
        Eventually.Holds(async () => await host.Gauge(gauge) == value, $"{gauge} is {value}");
}
