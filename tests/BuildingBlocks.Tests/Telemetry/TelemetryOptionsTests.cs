using Microsoft.Extensions.Configuration;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.BuildingBlocks.Tests.Telemetry;

public sealed class TelemetryOptionsTests
{
    [Theory]
    [InlineData("Telemetry:PrometheusPort", "70000", "Telemetry:PrometheusPort is '70000'; allowed is 0")]
    [InlineData("Telemetry:PrometheusPort", "none", "Telemetry:PrometheusPort is 'none'; allowed is 0")]
    [InlineData("Telemetry:PrometheusAddress", "metrics", "Telemetry:PrometheusAddress is 'metrics'; allowed is an IP address")]
    [InlineData("Telemetry:GaugeInterval", "1 s", "Telemetry:GaugeInterval is '1 s'; allowed is 00:00:00.1000000 to 00:10:00")]
    [InlineData("OTEL_METRICS_EXPORTER", "prometheus", "OTEL_METRICS_EXPORTER is 'prometheus'; allowed are otlp and none")]
    [InlineData("OTEL_TRACES_SAMPLER", "jaeger_remote", "OTEL_TRACES_SAMPLER is 'jaeger_remote'; allowed are always_on")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "5", "OTEL_TRACES_SAMPLER_ARG is '5'; allowed is 0 to 1")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "-1", "OTEL_TRACES_SAMPLER_ARG is '-1'; allowed is 0 to 1")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "NaN", "OTEL_TRACES_SAMPLER_ARG is 'NaN'; allowed is 0 to 1")]
    [InlineData("Telemetry:GaugeInterval", "01:00:00", "Telemetry:GaugeInterval is '01:00:00'; allowed is")]
    public void What_is_not_allowed_is_named_with_what_is(string key, string value, string message)
    {
        var error = Assert.Throws<InvalidOperationException>(() => From((key, value)));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_port_of_grpc_is_not_free_for_metrics()
    {
        From(("Telemetry:PrometheusPort", "9464")).Check(5080);
        var error = Assert.Throws<InvalidOperationException>(() => From(("Telemetry:PrometheusPort", "5080")).Check(5080));
        Assert.Contains("Grpc:Port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_exported_unless_configured()
    {
        var options = From();
        Assert.False(options.Pushes);
        Assert.Null(options.PrometheusPort);
        Assert.True(From(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317")) is { Pushes: true, PushesMetrics: true });
        Assert.True(From(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"), ("OTEL_METRICS_EXPORTER", "none")) is { Pushes: true, PushesMetrics: false });
    }

    private static TelemetryOptions From(params (string Key, string Value)[] settings) => TelemetryOptions.From(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build());
}
