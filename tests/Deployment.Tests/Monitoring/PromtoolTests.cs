using Xunit;

namespace OrderTracking.Deployment.Tests.Monitoring;

public sealed class PromtoolTests
{
    private static readonly string Directory = Path.Combine(Repository.Deploy, "prometheus");

    [Fact]
    public async Task The_alerts_are_rules() =>
        Assert.Contains("SUCCESS", (await Promtool("check", "rules", Path.Combine(Directory, "alerts.yaml"))).Succeeded(), StringComparison.Ordinal);

    [Fact]
    public async Task The_configuration_is_one() =>
        Assert.Contains("is valid", (await Promtool("check", "config", Path.Combine(Directory, "prometheus.yaml"))).Succeeded(), StringComparison.Ordinal);

    [Fact]
    public async Task Each_alert_fires_when_it_should_and_only_then() => (await Promtool("test", "rules", Path.Combine(Directory, "alerts.tests.yaml"))).Succeeded();

    [Fact]
    public void Each_alert_has_a_test_or_a_reason_for_none()
    {
        // A comparison of one gauge with one number.
        string[] plain = ["RedeliveriesGrow", "QueuesGrow", "WorkWaitsForThreads", "MemoryShort"];
        var tests = File.ReadAllText(Path.Combine(Directory, "alerts.tests.yaml"));
        var alerts = File.ReadLines(Path.Combine(Directory, "alerts.yaml")).Where(line => line.TrimStart().StartsWith("- alert:", StringComparison.Ordinal))
            .Select(line => line.Split(':')[1].Trim()).ToList();
        Assert.True(alerts.Count >= 14);
        Assert.Equal(plain.Order(StringComparer.Ordinal), alerts.Where(alert => !tests.Contains($"alertname: {alert}", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("alerts.yaml", "    for: 1m", "    for: 1 minute", "check", "rules")]
    [InlineData("prometheus.yaml", "scrape_interval: 15s", "scrape_intervall: 15s", "check", "config")]
    [InlineData("alerts.yaml", "outbox_oldest_age_seconds{job=\"ordertracking\"}) > 60", "outbox_oldest_age_seconds{job=\"ordertracking\"}) > 600", "test", "rules")]
    public async Task A_slip_is_seen(string file, string right, string wrong, params string[] command)
    {
        var copy = System.IO.Directory.CreateTempSubdirectory("ordertracking-");
        try
        {
            foreach (var original in System.IO.Directory.EnumerateFiles(Directory))
                File.Copy(original, Path.Combine(copy.FullName, Path.GetFileName(original)));
            var changed = Path.Combine(copy.FullName, file);
            Assert.Contains(right, File.ReadAllText(changed), StringComparison.Ordinal);
            File.WriteAllText(changed, File.ReadAllText(changed).Replace(right, wrong, StringComparison.Ordinal));
            var asked = command[0] == "test" ? Path.Combine(copy.FullName, "alerts.tests.yaml") : changed;
            Assert.NotEqual(0, (await Promtool([.. command, asked])).ExitCode);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static Task<Tool.Outcome> Promtool(params string[] arguments) => Tool.Run("promtool", arguments);
}
